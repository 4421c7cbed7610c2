import { isBlank, normalText, searchText } from './text.js';
import { isTimeZone } from './time-zone.js';

describe('a text', () => {
  it('of invisible characters is as empty as one of blanks', () => {
    for (const nothing of [
      '',
      ' \t\n',
      '\u200B',
      '\u200D\u2060\uFEFF',
      '\u3164',
      '\u00AD \u2800',
      '\u{E0101}',
    ])
      expect([nothing, isBlank(nothing)]).toEqual([nothing, true]);
    for (const something of ['a', '\u200Ba', '家', '👩\u200D🔧', '0', '.'])
      expect([something, isBlank(something)]).toEqual([something, false]);
  });

  it('is kept in composed letters', () => {
    expect(normalText('e\u0301cole')).toBe('\u00E9cole');
  });

  it('is searched for without the marks on its letters', () => {
    expect(
      ['İNCE', 'École', 'E\u0301cole', 'ŁÓDŹ', 'Straße', 'ＡＢＣ', 'Ёлка', '東京'].map(searchText),
    ).toEqual(['ince', 'ecole', 'ecole', 'lodz', 'strasse', 'abc', 'елка', '東京']);
    // Marks that make another letter stay what they are.
    expect(searchText('가')).toBe('가');
  });
});

describe('a time zone', () => {
  it('is what the runtime can reckon in, by its old name and its new one', () => {
    for (const zone of ['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'Europe/Kiev', 'UTC', 'Etc/GMT+5'])
      expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
    expect(isTimeZone('America/Argentina/Buenos_Aires')).toBe(true);
    for (const zone of ['', 'Mars', 'Europe/Nowhere', '+02:00', 'x'.repeat(99), 'Europe/Berlin '])
      expect([zone, isTimeZone(zone)]).toEqual([zone, false]);
    for (const zone of Intl.supportedValuesOf('timeZone'))
      expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
  });
});

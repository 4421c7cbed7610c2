import { longDay, price, shortDay } from './format';

describe('a price', () => {
  it('shows the decimals of its currency', () => {
    const shown = [price(125_000, 'JPY'), price(125_050, 'EUR'), price(125_050, 'KWD')];
    expect(shown.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      'JP¥125,000',
      '€1,250.50',
      'KWD 125.050',
    ]);
  });
});

describe('a day', () => {
  it('is the day that is written, wherever the reader is', () => {
    expect([longDay('2026-03-03'), shortDay('2026-03-03')]).toEqual(['Tuesday, 3 March 2026', 'Tue 3 Mar']);
  });
});

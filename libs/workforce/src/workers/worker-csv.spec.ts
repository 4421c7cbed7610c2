import { readWorkerColumns, readWorkerRow } from './worker-csv.js';

const columns = readWorkerColumns(['name', 'phone', 'skills', 'time_zone'], 1);
const read = (...cells: string[]) => {
  const { row, errors } = readWorkerRow(columns, { line: 7, cells });
  return { worker: row.worker, errors: errors.map(({ line, column, code }) => `${line} ${column} ${code}`) };
};

describe('a line of workers', () => {
  it('may name any zone that the runtime knows, by its old name or its new one', () => {
    for (const zone of [
      'Asia/Kolkata',
      'Asia/Calcutta',
      'Europe/Kyiv',
      'Asia/Ho_Chi_Minh',
      'Asia/Kathmandu',
      'Asia/Yangon',
      'America/Nuuk',
      'Pacific/Kanton',
      'Atlantic/Faroe',
      'America/Argentina/Buenos_Aires',
      'UTC',
    ])
      expect([zone, read('Ann', '', '', zone)]).toEqual([
        zone,
        { worker: { name: 'Ann', timeZone: zone }, errors: [] },
      ]);
    expect(read('Ann', '', '', 'Europe/Nowhere').errors).toEqual(['7 time_zone UNKNOWN_ZONE']);
  });

  it('says nothing where a cell holds blanks or invisible characters alone', () => {
    expect(read('\u200B', ' ', '\u3164', '').errors).toEqual(['7 name EMPTY_NAME']);
    expect(read('Ann', '\u2060', ' ', '').worker).toEqual({ name: 'Ann' });
  });

  it('is read no further than a list may be long', () => {
    expect(read('Ann', '', 'a;'.repeat(40_000), '').errors).toEqual(['7 skills TOO_MANY_ITEMS']);
  });
});

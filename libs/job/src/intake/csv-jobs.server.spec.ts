import { Invalid } from '#kernel';
import { Table } from '#platform';
import { readCsvTable } from '../../../platform/src/imports/csv-table.js';
import { MAX_JOB_ROWS, readCsvJobs } from './csv-jobs.server.js';

const read = async (content: string) =>
  readCsvJobs(new Table(readCsvTable(Buffer.from(content), { maxRows: MAX_JOB_ROWS, maxColumns: 100 })));

const failure = async (content: string): Promise<Invalid> => {
  try {
    await read(content);
  } catch (error) {
    if (error instanceof Invalid) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('jobs from CSV', () => {
  it('reads what a spreadsheet writes', async () => {
    const { rows, errors } = await read(
      '\ufeffExternal Ref;Latitude;Longitude;Address;skills;Duration minutes;window_start\r\n' +
        'A-1;42.36;-71.06;"1 Main St; rear";gas:2|lift;45;2026-03-02T08:00:00+01:00\r\n\r\n' +
        'A-2;42.36;-71.06;2 Main St;;;\r\n',
    );
    expect(errors).toEqual([]);
    expect(rows.map((row) => row.line)).toEqual([2, 4]);
    expect(rows[0]!.job).toMatchObject({
      externalRef: 'A-1',
      lat: 42.36,
      lon: -71.06,
      address: '1 Main St; rear',
      skills: [{ skill: 'gas', level: 2 }, { skill: 'lift' }],
      durationSeconds: 2700,
    });
    expect(rows[1]!.job.skills).toBeUndefined();
  });

  it('names the line and the column of everything that is wrong', async () => {
    const { errors } = await read(
      'lat,lon,address,priority,skills,windowStart\n' +
        '42.36,-71.06,ok,1,,\n' +
        '942,-71.06,ok,high,,2026-03-02\n' +
        '42.36,-71.06,ok,1,gas:9,2026-02-31T08:00:00Z\n',
    );
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [3, 'lat'],
      [3, 'windowStart'],
      [3, 'priority'],
      [4, 'windowStart'],
      [4, 'skills'],
    ]);
    expect(errors[0]!.field).toBe('line 3, column lat');
    // Which rule it is, and that of its type before its limits.
    const [typed] = (await read('lat,lon,address,priority\n42,-71,1 Main St,high\n')).errors;
    expect(typed).toMatchObject({ line: 2, column: 'priority', code: 'IS_INT' });
  });

  it('refuses what is no table of jobs', async () => {
    expect((await failure('')).errors[0]).toMatchObject({ code: 'EMPTY_FILE', message: 'the file is empty' });
    expect((await failure('lat,lon\n')).errors[0]!.message).toMatch('no line');
    expect((await failure('lat,colour\n1,2\n')).errors[0]).toMatchObject({
      field: 'line 1, column colour',
      code: 'UNKNOWN_COLUMN',
      values: { known: expect.stringContaining('window_start, window_end') },
    });
    expect((await failure('lat,latitude\n1,2\n')).errors[0]!.field).toMatch('latitude');
    expect((await failure('lat,lon\n1,2,3\n')).errors[0]).toMatchObject({ field: 'line 2' });
    expect((await failure('lat,lon\n1,"2\n')).errors[0]!.field).toMatch('line');
  });
});

import { Invalid } from '#kernel';
import { readCsvJobs } from './csv-jobs.js';

const failure = (content: string): Invalid => {
  try {
    readCsvJobs(content);
  } catch (error) {
    if (error instanceof Invalid) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('jobs from CSV', () => {
  it('reads what a spreadsheet writes', () => {
    const { rows, errors } = readCsvJobs(
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

  it('names the line and the column of everything that is wrong', () => {
    const { errors } = readCsvJobs(
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
    const [typed] = readCsvJobs('lat,lon,address,priority\n42,-71,1 Main St,high\n').errors;
    expect(typed).toMatchObject({ line: 2, column: 'priority', code: 'IS_INT' });
  });

  it('refuses what is no table of jobs', () => {
    expect(failure('').errors[0]).toMatchObject({ code: 'EMPTY_FILE', message: 'the file is empty' });
    expect(failure('lat,lon\n').errors[0]!.message).toMatch('no line');
    expect(failure('lat,colour\n1,2\n').errors[0]).toMatchObject({
      field: 'line 1, column colour',
      code: 'UNKNOWN_COLUMN',
    });
    expect(failure('lat,latitude\n1,2\n').errors[0]!.field).toMatch('latitude');
    expect(failure('lat,lon\n1,2,3\n').errors[0]).toMatchObject({ field: 'line 2' });
    expect(failure('lat,lon\n1,"2\n').errors[0]!.field).toMatch('line');
  });
});

import { parseCsv } from './csv';
import { readImport } from './import-rows';

describe('a list of workers from a file', () => {
  it('reads quotes, line ends and semicolons', () => {
    expect(parseCsv('\uFEFFname,phone\r\n"Wu, ""Tao""","1\n2"\n\n')).toEqual([
      ['name', 'phone'],
      ['Wu, "Tao"', '1\n2'],
    ]);
    expect(parseCsv('name;phone\nWu;1')).toEqual([
      ['name', 'phone'],
      ['Wu', '1'],
    ]);
  });

  it('makes a body of each good row', () => {
    const { rows, columns } = readImport(
      'Name,External ref,Areas,Skills\nWu Tao,W-1,North|South,gas:3|water',
      new Map([
        ['north', 'a1'],
        ['south', 'a2'],
      ]),
    );
    expect(columns).toEqual(['name', 'externalRef', 'areas', 'skills']);
    expect(rows[0]!.body).toMatchObject({
      name: 'Wu Tao',
      externalRef: 'W-1',
      homeAreaIds: ['a1', 'a2'],
      skills: [
        { skill: 'gas', level: 3 },
        { skill: 'water', level: 1 },
      ],
    });
  });

  it('marks every bad cell and leaves its row out', () => {
    const { rows, unknown } = readImport(
      'name,phone,externalRef,areas,skills,shoe size\n,call me,W-1,Mars,gas:9,43\nWu,,W-1,,,\n',
      new Map(),
    );
    expect(unknown).toEqual(['shoe size']);
    expect(rows[0]!.problems).toEqual({
      name: 'empty',
      phone: 'not_a_phone',
      areas: 'unknown_area',
      skills: 'not_a_skill',
    });
    expect(rows[1]!.problems).toEqual({ externalRef: 'twice' });
    expect(rows.map((row) => row.body)).toEqual([null, null]);
  });
});

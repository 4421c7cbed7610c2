import { Invalid } from '#kernel';
import { readCsvTable } from './csv-table.js';
import { Table } from './table-reader.js';

const LIMITS = { maxRows: 3, maxColumns: 4 };
const read = (text: string, limits = LIMITS) => {
  const table = new Table(readCsvTable(Buffer.from(text), limits));
  return [table.header, ...table.rows()].map(({ line, cells }) => `${line}: ${cells.join('|')}`);
};
const refused = (text: string, limits = LIMITS) => {
  try {
    read(text, limits);
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ field, code }) => `${field} ${code}`);
    throw error;
  }
  return [];
};

describe('a table that somebody sends', () => {
  it('is split at what its first line is split at, or at what `sep=` says', () => {
    expect(read('a,b\n1,2\n')).toEqual(['1: a|b', '2: 1|2']);
    expect(read('a;b\r\n"1;x";2,5')).toEqual(['1: a|b', '2: 1;x|2,5']);
    expect(read('\uFEFFa\tb\n1\t2')).toEqual(['1: a|b', '2: 1|2']);
    expect(read('\uFEFFsep=;\r\na;b\r\n1;2,2\r\n')).toEqual(['2: a|b', '3: 1|2,2']);
    expect(read('SEP=|\na|b\n1|2\n')).toEqual(['2: a|b', '3: 1|2']);
  });

  it('loses rows of bare commas or blanks, and columns without a name at the right edge', () => {
    expect(read('a,b,,\n\n1,2,,\n,,,\n  , ,\n3,4\n , , ,\n')).toEqual(['1: a|b', '3: 1|2', '6: 3|4']);
    expect(refused('a,b,\n1,2,3\n')).toEqual(['line 2 WRONG_WIDTH']);
    expect(refused('a,b\n1\n')).toEqual(['line 2 WRONG_WIDTH']);
  });

  it('names the first line of a row that goes over several', () => {
    expect(read('a,b\n"x\ny\nz",1\n\n"p\r\nq",2\n3,4\n')).toEqual([
      '1: a|b',
      '2: x\ny\nz|1',
      '6: p\r\nq|2',
      '8: 3|4',
    ]);
    expect(refused('a,b\n1,2\n"x\ny"\n')).toEqual(['line 3 WRONG_WIDTH']);
  });

  it('is read no further than its limits', () => {
    expect(refused(`a\n${'1\n'.repeat(4)}"never closed`)).toEqual(['file TOO_MANY_ROWS']);
    expect(refused(`a\n1\n1,2,3,4,5,"never closed`)).toEqual(['line 3 TOO_MANY_COLUMNS']);
    expect(refused(`a\n${'x'.repeat(100_100)}`)).toEqual(['line 2 NOT_CSV']);
  });

  it('is refused when there is nothing in it, or it is no table', () => {
    expect(refused('')).toEqual(['line 1 EMPTY_FILE']);
    expect(refused(',,\n , \n')).toEqual(['line 1 EMPTY_FILE']);
    expect(refused('\na,b\n,\n')).toEqual(['line 2 NO_ROWS']);
    expect(refused('a\n"x\n')).toEqual(['line 2 NOT_CSV']);
    expect(() => readCsvTable(Buffer.from([0x61, 0x0a, 0xe9]), LIMITS)).toThrow('UTF-8');
  });
});

import { statementName } from './prepared-client.js';

const thrice = (text: string) => [1, 2, 3].map(() => statementName(text));

describe('names of statements', () => {
  it('are given with the third use and then stay', () => {
    const [first, second, third] = thrice('SELECT 1 WHERE $1');
    expect([first, second]).toEqual([undefined, undefined]);
    expect(third).toMatch(/^s\d+$/);
    expect(statementName('SELECT 1 WHERE $1')).toBe(third);
    expect(thrice('SELECT 2 WHERE $1')[2]).not.toBe(third);
  });

  it('are not given to statements that are another for each length of a list', () => {
    expect(thrice('SELECT * FROM jobs WHERE id IN ($1, $2)')[2]).toBeUndefined();
    expect(thrice('INSERT INTO jobs (id) VALUES ($1), ($2)')[2]).toBeUndefined();
    // A list of one has a text of its own, and only that one.
    expect(thrice('SELECT * FROM jobs WHERE id IN ($1)')[2]).toMatch(/^s\d+$/);
  });

  it('come to an end', () => {
    for (let i = 0; i < 600; i++) thrice(`SELECT ${i} WHERE $1 = 'many'`);
    expect(thrice(`SELECT 'one more' WHERE $1`)[2]).toBeUndefined();
    expect(statementName('SELECT 1 WHERE $1')).toMatch(/^s\d+$/);
  });
});

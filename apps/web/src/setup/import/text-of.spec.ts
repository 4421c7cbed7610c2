import { textOf } from './text-of';

describe('a chosen file', () => {
  it('is read as UTF-8, without its byte order mark, or not at all', async () => {
    const name = 'Caf\u00e9';
    expect(await textOf(new Blob([`\ufeff${name}`]))).toBe(name);
    expect(await textOf(new Blob([Buffer.from(name, 'latin1')]))).toBeNull();
  });
});

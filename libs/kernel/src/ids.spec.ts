import { isId, newId } from './ids.js';

describe('newId', () => {
  it('makes distinct UUIDv7s that sort in the order they were made', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every(isId)).toBe(true);
  });

  it('carries its time in the first 48 bits', () => {
    const msOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    const later = msOf(newId()) + 60_000;
    expect(msOf(newId(later))).toBe(later);
  });
});

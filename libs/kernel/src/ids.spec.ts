import { isId, newId } from './ids.js';

describe('newId', () => {
  it('makes distinct UUIDv7s that sort in the order they were made', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every(isId)).toBe(true);
  });

  it('carries its time in the first 48 bits', () => {
    const future = Date.now() + 60_000;
    expect(Number.parseInt(newId(future).replace('-', '').slice(0, 12), 16)).toBe(future);
  });
});

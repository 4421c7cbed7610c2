import { Echo } from './echo';

describe('what comes back late', () => {
  it('is not taken over while newer typing waits', () => {
    const echo = new Echo('""');
    for (const text of ['"1"', '"12"', '"123"']) echo.sent(text);
    expect(echo.isForeign('"1"')).toBe(false);
    expect(echo.isForeign('"12"')).toBe(false);
    echo.sent('"1234"');
    expect(echo.isForeign('"123"')).toBe(false);
    expect(echo.isForeign('"1234"')).toBe(false);
  });

  it('may leave steps out, and may stay as it was while something else changes', () => {
    const echo = new Echo('""');
    echo.sent('"1"');
    echo.sent('"12"');
    expect(echo.isForeign('""')).toBe(false);
    expect(echo.isForeign('"12"')).toBe(false);
    expect(echo.isForeign('"12"')).toBe(false);
  });

  it('is taken over when somebody else says it, also what we said ourselves long ago', () => {
    const echo = new Echo('"a"');
    echo.sent('"ab"');
    echo.sent('"a"');
    // The two cancelled out before the address was looked at.
    expect(echo.isForeign('"a"')).toBe(false);
    expect(echo.isForeign('"ab"')).toBe(true);
    expect(echo.isForeign('"a"')).toBe(true);
    echo.sent('"ax"');
    expect(echo.isForeign('""')).toBe(true);
  });
});

import { newId } from '#kernel';
import { callerNetwork } from '#platform';
import {
  deviceOf,
  isRefreshToken,
  makeApiKey,
  makeDeviceToken,
  makeRefreshToken,
  readRefreshToken,
} from './tokens.js';

const secret = 's'.repeat(32);
const salt = Buffer.alloc(16, 7);

describe('tokens', () => {
  it('says whose refresh token it is, and believes only its own', () => {
    const claim = { orgId: newId(), sessionId: newId(), generation: 41 };
    const token = makeRefreshToken(claim, salt, secret);
    expect(readRefreshToken(token)).toEqual(claim);
    expect(isRefreshToken(token, salt, secret)).toBe(true);
    expect(isRefreshToken(token, Buffer.alloc(16, 8), secret)).toBe(false);
    expect(isRefreshToken(token, salt, 't'.repeat(32))).toBe(false);
    const later = makeRefreshToken({ ...claim, generation: 42 }, salt, secret);
    expect(later.slice(-20)).not.toBe(token.slice(-20));
    for (const wrong of [
      '',
      'dsr_',
      'dsr_AAAA',
      token.slice(0, -4),
      `${token}AAAA`,
      token.replace('dsr_', 'dsk_'),
    ])
      expect(readRefreshToken(wrong)).toBeNull();
  });

  it('knows a device of this user only', () => {
    const [user, other] = [newId(), newId()];
    const token = makeDeviceToken(user, secret);
    expect(deviceOf(token, user, secret)).toMatch(/^[0-9a-f]{32}$/);
    expect(deviceOf(token, other, secret)).toBeNull();
    expect(deviceOf(token, user, 't'.repeat(32))).toBeNull();
    expect(deviceOf(undefined, user, secret)).toBeNull();
    expect(makeDeviceToken(user, secret)).not.toBe(token);
  });

  it('makes API keys that differ and show little', () => {
    const [a, b] = [makeApiKey(), makeApiKey()];
    expect(a.secret).not.toBe(b.secret);
    expect(a.secret.startsWith(a.prefix)).toBe(true);
    expect(a.secret.length - a.prefix.length).toBeGreaterThan(36);
  });

  it('counts an IPv6 caller by its /64 network', () => {
    expect(callerNetwork('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(callerNetwork('10.0.0.1')).toBe('10.0.0.1');
    expect(callerNetwork('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64');
    expect(callerNetwork('2001:DB8:0:1:ffff::2')).toBe('2001:db8:0:1::/64');
    expect(callerNetwork('::1')).toBe('0:0:0:0::/64');
    expect(callerNetwork(undefined)).toBe('unknown');
  });
});

import { waitSecondsAfter } from './back-off.js';
import { checkPassword, normalEmail } from './credentials.js';
import { maskEmail, maskName } from './mask.js';

describe('credentials', () => {
  it('keeps one spelling of an address', () => {
    expect(normalEmail(' Desk@Demo.TEST ')).toBe('desk@demo.test');
    for (const wrong of [
      '',
      'desk',
      'desk@',
      '@demo.test',
      'a b@demo.test',
      `${'a'.repeat(250)}@demo.test`,
      'a\0@b.test',
    ])
      expect(() => normalEmail(wrong)).toThrow(/email/);
  });

  it('asks for length, and refuses what everybody would try first', () => {
    expect(() => checkPassword('doorstep-demo', 'admin@demo.test')).not.toThrow();
    for (const wrong of ['short', '', 'x'.repeat(201), 'aaaaaaaaaaaa', 'admin@demo.test'])
      expect(() => checkPassword(wrong, 'admin@demo.test', 'newPassword')).toThrow(/newPassword/);
  });

  it('lets five tries go, then doubles the wait up to a quarter of an hour', () => {
    expect([1, 5, 6, 7, 8, 12].map(waitSecondsAfter)).toEqual([0, 0, 1, 2, 4, 64]);
    expect(waitSecondsAfter(1_000_000)).toBe(900);
  });

  it('masks names and addresses', () => {
    expect(maskName('Maria  López')).toBe('M. L.');
    expect(maskEmail('maria.lopez@example.com')).toBe('m•••@example.com');
  });
});

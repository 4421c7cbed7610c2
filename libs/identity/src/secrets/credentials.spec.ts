import type { Invalid } from '#kernel';
import { waitSecondsAfter } from '../limits/back-off.js';
import { maskEmail, maskName } from '../users/mask.js';
import { checkPassword, normalEmail } from './credentials.js';

const faultOf = (work: () => void) => {
  try {
    work();
  } catch (error) {
    const [fault] = (error as Invalid).errors;
    return { field: fault?.field, code: fault?.code };
  }
  return null;
};

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

  it('refuses common passwords, also with the usual ornaments, and names the field', () => {
    for (const common of [
      '1234567890',
      'Password123',
      'P@ssw0rd2024!',
      'qwertyuiop',
      'sunshine-1999',
      'iloveyouiloveyou',
      '１２３４５６７８９０',
    ])
      expect([common, faultOf(() => checkPassword(common, 'a@b.test', 'newPassword'))]).toEqual([
        common,
        { field: 'newPassword', code: 'TOO_COMMON' },
      ]);
    for (const good of [
      'a-long-test-password',
      'correct horse battery',
      'monkey 4711 banana',
      '两只老虎跑得快跑得快',
    ])
      expect(() => checkPassword(good, 'a@b.test')).not.toThrow();
  });

  it('keeps the password of the demo to the accounts of the demo', () => {
    for (const published of ['doorstep-demo', 'Doorstep-Demo'])
      expect(faultOf(() => checkPassword(published, 'ada@acme.example'))).toEqual({
        field: 'password',
        code: 'TOO_COMMON',
      });
    expect(faultOf(() => checkPassword('doorstep-demo', 'ada@demo.test'))).toBeNull();
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

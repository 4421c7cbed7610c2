import { isEmail } from 'class-validator';
import { Invalid } from '#kernel';
import { isCommonPassword } from './common-passwords.js';

export const PASSWORD_LIMITS = { min: 10, max: 200 } as const;
export const EMAIL_MAX = 254;
/** Published in the README and printed at every start: good for the demo's own accounts and nobody else's. */
export const DEMO_PASSWORD = 'doorstep-demo';
const DEMO_DOMAIN = '@demo.test';

/**
 * The one spelling under which an e-mail address is kept and found.
 * @throws Invalid naming `email`.
 */
export function normalEmail(email: string): string {
  const normal = email.normalize('NFKC').trim().toLowerCase();
  if (normal.length > EMAIL_MAX || normal.includes('\0') || !isEmail(normal))
    throw Invalid.field('email', 'must be an e-mail address', `${EMAIL_MAX} characters`, {
      code: 'NOT_AN_EMAIL',
    });
  return normal;
}

/**
 * Length decides, and that no list of common passwords holds it (NIST SP 800-63B, 3.1.1.2); a password that is the address
 * or one character over and over is no password.
 * @throws Invalid naming `field`.
 */
export function checkPassword(password: string, email: string, field = 'password'): void {
  const { min, max } = PASSWORD_LIMITS;
  const length = [...password].length;
  if (length < min || length > max)
    throw Invalid.field(field, `must be ${min} to ${max} characters`, `${min}..${max}`, {
      code: 'IS_LENGTH',
      values: { least: min, most: max },
    });
  if (password.toLowerCase() === email)
    throw Invalid.field(field, 'must not be the e-mail address', undefined, { code: 'IS_THE_EMAIL' });
  if (new Set(password).size < 4)
    throw Invalid.field(field, 'must have at least 4 different characters', 4, {
      code: 'TOO_UNIFORM',
      values: { limit: 4 },
    });
  const isPublished = password.toLowerCase() === DEMO_PASSWORD && !email.endsWith(DEMO_DOMAIN);
  if (isPublished || isCommonPassword(password))
    throw Invalid.field(
      field,
      'is among the passwords that everybody tries first; choose another',
      undefined,
      {
        code: 'TOO_COMMON',
      },
    );
}

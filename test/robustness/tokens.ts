import { JwtService } from '@nestjs/jwt';
import type { TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';

/** The same rights as `client`'s access token, ending `seconds` from now by the wall; negative: ended already. */
export function tokenEndingIn(app: TestApp, client: Client, seconds: number): string {
  const jwt = new JwtService({ secret: app.env.JWT_SECRET });
  const { iat: _iat, ...claims } = jwt.decode<Record<string, unknown>>(client.token!);
  return jwt.sign({ ...claims, exp: Math.floor(Date.now() / 1_000) + seconds }, { algorithm: 'HS256' });
}

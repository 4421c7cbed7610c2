import type { Answer, Arguments, Route } from '../../api/api';
import { Problem } from '../../api/problem';
import type { Phone } from './phone';

/** A question to the server whose last answer is kept for the hours without a line. @throws Problem when there is neither */
export async function asked<P extends Route<'get'>>(
  phone: Phone,
  keepAs: string,
  route: P,
  ...given: Arguments<'get', P>
): Promise<Answer<'get', P>> {
  const reply = await phone.transport.get(route, ...given);
  if (reply.ok) {
    await phone.db.keep(keepAs, reply.body);
    return reply.body;
  }
  const kept = await phone.db.read<Answer<'get', P>>(keepAs);
  if (kept !== undefined) return kept;
  throw new Problem(reply.status, reply.code, reply.detail);
}

import { Problem } from '../../api/problem';
import type { Phone } from './phone';

/** A question to the server whose last answer is kept for the hours without a line. @throws Problem when there is neither */
export async function asked<T>(phone: Phone, path: string, keepAs: string): Promise<T> {
  const reply = await phone.transport.request('GET', path);
  if (reply.ok) {
    await phone.db.keep(keepAs, reply.body);
    return reply.body as T;
  }
  const kept = await phone.db.read<T>(keepAs);
  if (kept !== undefined) return kept;
  throw new Problem(reply.status, reply.code, reply.detail);
}

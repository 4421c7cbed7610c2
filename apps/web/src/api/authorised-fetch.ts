import { session } from '../session/session';
import { Problem } from './problem';

const MUTATING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const RETRY_AFTER_MS = [300, 1_200];

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * `fetch` with the caller's token, a fresh token after a 401, an `Idempotency-Key` on whatever changes something (the
 * same one on every try, so that a retry cannot do it twice) and `Problem` for every answer that is not a success.
 */
export async function authorisedFetch(input: Request): Promise<Response> {
  const mutates = MUTATING.has(input.method);
  const key = input.headers.get('idempotency-key') ?? crypto.randomUUID();
  const send = async () => {
    const request = input.clone();
    const token = await session.accessToken();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    if (mutates) request.headers.set('idempotency-key', key);
    return fetch(request);
  };
  let response = await trying(send);
  if (response.status === 401 && (await session.renew())) response = await trying(send);
  if (response.status === 401 && !session.hasLogin()) session.lapse();
  if (response.ok) return response;
  throw Problem.from(response.status, await response.json().catch(() => null));
}

async function trying(send: () => Promise<Response>): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await send();
      const later = RETRY_AFTER_MS[attempt];
      if (later === undefined || !(await isForLater(response))) return response;
      await wait(later);
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw error;
      const later = RETRY_AFTER_MS[attempt];
      if (later === undefined || !navigator.onLine)
        throw new Problem(0, 'OFFLINE', 'The server cannot be reached.');
      await wait(later);
    }
  }
}

/** The server is not there yet, or still does what an earlier try asked for. */
async function isForLater(response: Response): Promise<boolean> {
  if (response.status === 503 || response.status === 502) return true;
  if (response.status !== 409) return false;
  const problem = (await response
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null;
  return problem?.code === 'COMMAND_RUNNING';
}

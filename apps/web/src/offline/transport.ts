import { type Answer, type Arguments, addressOf, type Route } from '../api/api';
import { session } from '../session/session';
import type { ProofEntry, StatusEntry } from './entry';
import type { StoredPhoto } from './phone-db';
import type { Reply } from './queue';
import type { Carrier } from './sender';

interface Send {
  body?: unknown;
  /** `Idempotency-Key`; the same for every try of the same thing. */
  key?: string;
}

const UNREACHABLE: Reply = { ok: false, status: 0, code: 'OFFLINE', detail: '' };
/** It never left, or was turned away at the door. */
const UNTRIED: Reply = { ...UNREACHABLE, untried: true };
const SIGNED_OUT: Reply = { ok: false, status: 401, code: 'SIGNED_OUT', detail: '' };
const TIMEOUT_MS = 60_000;

/** Whose token it is, without asking anybody: the user's id, or null when it cannot be read. */
function ownerOf(token: string): string | null {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(payload)) as { sub?: string }).sub ?? null;
  } catch {
    return null;
  }
}

/**
 * Requests of one person. The token is looked at before every one: what this person recorded never travels under the name
 * of whoever signed in after them, in this tab or in another.
 */
export class Transport implements Carrier {
  constructor(private readonly userId: string) {}

  async request(method: string, address: string, { body, key }: Send = {}): Promise<Reply> {
    const offline = !navigator.onLine;
    try {
      let response = await this.once(method, address, { body, key });
      if (response?.status === 401 && (await session.renew()))
        response = await this.once(method, address, { body, key });
      if (!response || response.status === 401) return session.hasLogin() ? UNTRIED : this.lapsed();
      return await replyOf(response);
    } catch {
      return offline && !navigator.onLine ? UNTRIED : UNREACHABLE;
    }
  }

  async get<P extends Route<'get'>>(
    route: P,
    ...given: Arguments<'get', P>
  ): Promise<Reply<Answer<'get', P>>> {
    const reply = await this.request('GET', addressOf(route, ...given));
    return reply as Reply<Answer<'get', P>>;
  }

  operations(body: { operations: unknown[]; sentAt: string }): Promise<Reply> {
    return this.request('POST', '/api/v1/me/operations', { body });
  }

  proof(entry: ProofEntry, photo: StoredPhoto | null): Promise<Reply> {
    const form = new FormData();
    form.set('id', entry.proofId);
    form.set('kind', entry.kind);
    for (const [name, value] of Object.entries(entry.fields)) form.set(name, value);
    if (photo) form.set('file', new Blob([photo.bytes], { type: photo.mediaType }), 'photo.jpg');
    return this.request('POST', `/api/v1/jobs/${entry.jobId}/proof`, { body: form, key: entry.opId });
  }

  status(entry: StatusEntry): Promise<Reply> {
    return this.request('POST', '/api/v1/me/status', { body: { status: entry.kind }, key: entry.opId });
  }

  /** Null: there is no token of this person now. */
  private async once(method: string, address: string, { body, key }: Send): Promise<Response | null> {
    const token = await session.accessToken();
    if (!token || ownerOf(token) !== this.userId) return null;
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (key) headers['idempotency-key'] = key;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['content-type'] = 'application/json';
    return fetch(address, {
      method,
      headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  private lapsed(): Reply {
    session.lapse();
    return SIGNED_OUT;
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return { ok: true, body };
  const { code, detail } = (body ?? {}) as { code?: string; detail?: string };
  const seconds = Number(response.headers.get('retry-after'));
  return {
    ok: false,
    status: response.status,
    code: code ?? `HTTP_${response.status}`,
    detail: detail ?? '',
    ...(seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {}),
  };
}

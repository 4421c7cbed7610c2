import type { Response } from 'express';
import { DomainError } from '#kernel';

/** Aborts when the caller hangs up; `done` once nobody waits for that any more. */
export function signalOf(response: Response): { signal: AbortSignal; done: () => void } {
  const gone = new AbortController();
  const abort = () => gone.abort(new DomainError('REQUEST_ABORTED', 400, 'The request was cut off.'));
  response.once('close', abort);
  return { signal: gone.signal, done: () => void response.off('close', abort) };
}

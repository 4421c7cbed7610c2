import { type Answer, type Arguments, api, type Body } from '../../api/api';
import type { Job } from '../../api/types';
import { liveSync } from '../../store/live-sync';

/** The routes of the steps that have a button. */
export const STEP_ROUTES = {
  release: '/jobs/{id}/release',
  depart: '/jobs/{id}/depart',
  arrive: '/jobs/{id}/arrive',
  undo_arrive: '/jobs/{id}/undo-arrive',
  start: '/jobs/{id}/start',
  pause: '/jobs/{id}/pause',
  resume: '/jobs/{id}/resume',
  complete: '/jobs/{id}/complete',
  undo_complete: '/jobs/{id}/undo-complete',
  fail: '/jobs/{id}/fail',
  reattempt: '/jobs/{id}/reattempt',
  cancel: '/jobs/{id}/cancel',
  reopen: '/jobs/{id}/reopen',
} as const;
const ROUTES = {
  ...STEP_ROUTES,
  offer: '/jobs/{id}/offer',
  assign: '/jobs/{id}/assign',
  reassign: '/jobs/{id}/reassign',
} as const;

export type DeskStep = keyof typeof STEP_ROUTES;
export type DeskVerb = keyof typeof ROUTES;
export type VerbBody<V extends DeskVerb> = Body<'post', (typeof ROUTES)[V]>;

/** Sends one verb, and shows what its answer says of the job. Without a version: whatever it is now. @throws Problem */
export async function sendVerb<V extends DeskVerb>(
  { id }: Job,
  verb: V,
  body: VerbBody<V>,
  version?: number,
): Promise<void> {
  const given = [{ path: { id }, body, version }] as Arguments<'post', (typeof ROUTES)[V]>;
  const answer: Answer<'post', (typeof ROUTES)[DeskVerb]> = await api.post(ROUTES[verb], ...given);
  if ('jobId' in answer) liveSync.learnStep(answer);
  else liveSync.learn(answer);
}

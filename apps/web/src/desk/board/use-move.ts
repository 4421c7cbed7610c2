import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { MovePlan } from '../../api/types';
import { useSend } from '../../api/use-send';
import { entityStore } from '../../store/entity-store';
import { toaster } from '../../ui/toaster';
import { undoAssignment, wordsOf } from '../actions/job-actions';
import { verdictWords } from '../panel/verdicts';
import type { Movable, Target } from './movable';

/** A preview is of the work as it is now; open work is only given away as it was last seen. */
const send = (
  { jobId, held }: Movable,
  { workerId, startsAt }: Target,
  extra: { preview?: true; force?: true },
  key?: string,
) =>
  api.post(held ? '/assignments/{id}/move' : '/jobs/{id}/place', {
    path: { id: held?.assignmentId ?? jobId },
    key,
    version: held || extra.preview ? undefined : entityStore.jobs.get(jobId)?.version,
    body: { workerId, startsAt: new Date(startsAt).toISOString(), ...extra },
  });

/** What would come of it, before it is done. */
export const useMovePreview = (work: Movable | null, target: Target | null) =>
  useQuery({
    queryKey: [
      'board',
      'preview',
      work?.held?.assignmentId ?? work?.jobId,
      target?.workerId,
      target?.startsAt,
    ],
    queryFn: () => send(work!, target!, { preview: true }),
    enabled: work !== null && target !== null,
    staleTime: 5_000,
    retry: false,
  });

export interface MoveCommand {
  work: Movable;
  to: Target;
}

const refused = ({ refusals }: MovePlan) => toaster.show(refusals.map(verdictWords).join('; '), 'problem');
const lookAgain = () => queryClient.invalidateQueries({ queryKey: ['board'] });

/** Puts work on a row, and offers to take that back. */
export function useMove() {
  return useSend((key, { work, to }: MoveCommand) => send(work, to, { force: true }, key), {
    onSuccess: (plan, { work, to }) => {
      void lookAgain();
      if (!plan.applied) return void refused(plan);
      if (work.held) moved(work, plan);
      else placed(work, to.workerId);
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
}

function placed({ jobId }: Movable, workerId: string): void {
  const job = entityStore.jobs.get(jobId);
  // It leaves the open work at once; the fact brings the rest.
  if (job) entityStore.jobs.put({ ...job, state: 'assigned', workerId });
  const name = entityStore.workers.get(workerId)?.name ?? '';
  toaster.show(i18next.t('desk:done.assigned', { name }), 'done', job && (() => undoAssignment(job)));
}

/** With another worker it is another assignment, but the same time to the millisecond. */
function moved(work: Movable, plan: MovePlan): void {
  const id = plan.assignment?.id;
  const from = work.held;
  const back = async () => {
    if (!id || !from) return;
    try {
      const answer = await send({ ...work, held: { ...from, assignmentId: id } }, from, { force: true });
      if (answer.applied) toaster.show(i18next.t('desk:done.undone'));
      else refused(answer);
    } catch (problem) {
      toaster.show(wordsOf(problem), 'problem');
    }
    await lookAgain();
  };
  toaster.show(i18next.t('desk:board.moved'), 'done', back);
}

import { useMutation, useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { call } from '../../api/call';
import { queryClient } from '../../api/query-client';
import type { BoardAssignment, MovePlan } from '../../api/types';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';
import { verdictWords } from '../panel/verdicts';

export interface Target {
  workerId: string;
  startsAt: number;
}

const send = (id: string, { workerId, startsAt }: Target, extra: { preview?: true; force?: boolean }) =>
  call<MovePlan>('POST', `/assignments/${id}/move`, {
    body: { workerId, startsAt: new Date(startsAt).toISOString(), ...extra },
  });

/** What would come of a move, before it is made. */
export const useMovePreview = (assignmentId: string | null, target: Target | null) =>
  useQuery({
    queryKey: ['board', 'preview', assignmentId, target?.workerId, target?.startsAt],
    queryFn: () => send(assignmentId!, target!, { preview: true }),
    enabled: assignmentId !== null && target !== null,
    staleTime: 5_000,
    retry: false,
  });

export interface MoveCommand {
  assignment: BoardAssignment;
  from: Target;
  to: Target;
}

/** Moves, and offers to move back. */
export function useMove() {
  return useMutation({
    mutationFn: ({ assignment, to }: MoveCommand) => send(assignment.id, to, { force: true }),
    onSuccess: (plan, { from }) => {
      void queryClient.invalidateQueries({ queryKey: ['board'] });
      if (!plan.applied) return void toaster.show(plan.refusals.map(verdictWords).join('; '), 'problem');
      const moved = plan.assignment?.id;
      toaster.show(
        i18next.t('desk:board.moved'),
        'done',
        moved
          ? async () => {
              await send(moved, from, { force: true }).catch((problem) =>
                toaster.show(wordsOf(problem), 'problem'),
              );
              await queryClient.invalidateQueries({ queryKey: ['board'] });
            }
          : undefined,
      );
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
}

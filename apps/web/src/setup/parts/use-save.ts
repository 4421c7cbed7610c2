import i18next from 'i18next';
import { fieldWords, Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import { useSend } from '../../api/use-send';
import { wordsOf } from '../../desk/actions/job-actions';
import { toaster } from '../../ui/toaster';

/**
 * Sends a form, once. Field errors come back by field name, everything else in words; a version conflict says that somebody
 * else has changed it meanwhile.
 */
export function useSave<T, R = unknown>(
  send: (key: string, values: T) => Promise<R>,
  options: {
    keys?: string[][];
    done?: (result: R) => void;
    /** null = nothing. */
    says?: string | null;
    refused?: (fields: Record<string, string>) => void;
  } = {},
) {
  const mutation = useSend<R, T>(send, {
    onSuccess: (result) => {
      for (const queryKey of options.keys ?? []) void queryClient.invalidateQueries({ queryKey });
      if (options.says !== null) toaster.show(options.says ?? i18next.t('common:saved'));
      options.done?.(result);
    },
    onError: (error) => {
      if (error instanceof Problem && error.errors.length > 0) options.refused?.(error.fields);
    },
  });
  const problem = mutation.error instanceof Problem ? mutation.error : null;
  return {
    save: mutation.send,
    busy: mutation.isPending,
    problem,
    fields: problem?.fields ?? {},
    error: mutation.error
      ? problem?.code === 'VERSION_CONFLICT'
        ? i18next.t('common:changedMeanwhile')
        : problem?.errors.length
          ? problem.errors.map((e) => `${e.field}: ${fieldWords(e)}`).join('; ')
          : wordsOf(mutation.error)
      : null,
    reset: mutation.reset,
  };
}

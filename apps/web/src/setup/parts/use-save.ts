import i18next from 'i18next';
import { fieldWords, Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import { useSend } from '../../api/use-send';
import { wordsOf } from '../../desk/actions/job-actions';
import { toaster } from '../../ui/toaster';

/**
 * Sends a form, once. `fields` says what is wrong by field name, `error` what no field of the form shows; a version
 * conflict says that somebody else has changed it meanwhile.
 */
export function useSave<T, R = unknown>(
  send: (key: string, values: T) => Promise<R>,
  options: {
    /** Fields that the form marks, those within them included: `skills` stands for `skills.0.level` as well. */
    shows?: readonly string[];
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
  const shown = (field: string) =>
    options.shows?.some((name) => field === name || field.startsWith(`${name}.`)) ?? false;
  const unshown = problem?.errors.filter(({ field }) => !shown(field));
  return {
    save: mutation.send,
    busy: mutation.isPending,
    problem,
    fields: problem?.fields ?? {},
    error: mutation.error
      ? problem?.code === 'VERSION_CONFLICT'
        ? i18next.t('common:changedMeanwhile')
        : problem?.errors.length
          ? unshown?.map((e) => `${e.field}: ${fieldWords(e)}`).join('; ') || null
          : wordsOf(mutation.error)
      : null,
    reset: mutation.reset,
  };
}

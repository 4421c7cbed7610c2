import i18next from 'i18next';
import { fieldWords, Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';
import { useSend } from '../../api/use-send';
import { wordsOf } from '../../desk/actions/job-actions';
import { toaster } from '../../ui/toaster';

interface Options<R, T> {
  /** Lists in the server's answers that it changes. */
  keys?: string[][];
  done?: (result: R, values: T) => void;
  /** null = nothing. */
  says?: string | null;
  refused?: (fields: Record<string, string>) => void;
}

/** Saves something, once; a version conflict says that somebody else has changed it meanwhile. */
export function useSave<R = unknown, T = void>(
  send: (key: string, values: T) => Promise<R>,
  options: Options<R, T> = {},
) {
  const mutation = useSend<R, T>(send, {
    onSuccess: (result, values) => {
      for (const queryKey of options.keys ?? []) void queryClient.invalidateQueries({ queryKey });
      if (options.says !== null) toaster.show(options.says ?? i18next.t('common:saved'));
      options.done?.(result, values);
    },
    onError: (error) => {
      if (error instanceof Problem && error.errors.length > 0) options.refused?.(error.fields);
    },
  });
  const { error } = mutation;
  const problem = error instanceof Problem ? error : null;
  /** What no field says by itself. */
  const errorBeside = (saysField: (field: string) => boolean): string | null => {
    if (!error) return null;
    if (problem?.code === 'VERSION_CONFLICT') return i18next.t('common:changedMeanwhile');
    if (!problem || problem.errors.length === 0) return wordsOf(error);
    const unsaid = problem.errors.filter(({ field }) => !saysField(field));
    return unsaid.map((one) => `${one.field}: ${fieldWords(one)}`).join('; ') || null;
  };
  return {
    save: mutation.send,
    busy: mutation.isPending,
    problem,
    error: errorBeside(() => false),
    errorBeside,
    reset: mutation.reset,
  };
}

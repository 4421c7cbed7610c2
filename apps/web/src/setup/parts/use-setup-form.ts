import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useUnsaved } from '../../ui/use-unsaved';
import { useSave } from './use-save';

interface Options<V, R, H> {
  initial: V;
  /** Whether the person may change it; else they look at it. */
  may?: boolean;
  /** `how` is what they chose when the server asked back. */
  send: (key: string, values: V, how: H | undefined) => Promise<R>;
  /** Sent as well and just as easily lost, though it stands outside the form (plain data). */
  beside?: unknown;
  /** Lists in the server's answers that it changes. */
  keys?: string[][];
  /** Said when it is saved. */
  says?: string;
  /** It is empty again after each save, for the next one. */
  again?: true;
  done?: (saved: R) => void;
}

/** `skills` stands for `skills.0.level` as well. */
const isWithin = (field: string, name: string): boolean =>
  field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`);

/**
 * The draft of a form of set-up. It asks before it is lost, is saved once, and puts what the server finds wrong with a
 * field at that field; everything else, and what has no field on the page, is `error`.
 */
export function useSetupForm<V extends object, R, H = never>(options: Options<V, R, H>) {
  const { initial, may = true, send, beside, again, done, ...saving } = options;
  /** The fields that are on the page. */
  const shown = new Set<string>();
  const fault = (...names: string[]): ReactNode => {
    for (const name of names) shown.add(name);
    return Object.entries(form.errors).find(([field]) => names.some((name) => isWithin(field, name)))?.[1];
  };
  const form = useForm<V>({
    initialValues: initial,
    enhanceGetInputProps: ({ field }) => ({ error: fault(String(field)) }),
  });
  const { values } = form;
  const { leave, saved: settle } = useUnsaved([values, beside]);
  const { save, busy, problem, errorBeside } = useSave(
    (key, sent: { values: V; beside: unknown; how?: H }) => send(key, sent.values, sent.how),
    {
      ...saving,
      refused: form.setErrors,
      done: (saved, sent) => {
        if (again) form.reset();
        settle([again ? initial : sent.values, sent.beside]);
        done?.(saved);
      },
    },
  );
  return {
    ...form,
    busy,
    problem,
    may,
    leave,
    save: (how?: H): void => {
      form.clearErrors();
      save({ values, beside, how });
    },
    /** What is wrong with a field that `getInputProps` does not bind, or with one of several that are typed as one. */
    fault,
    /** To be asked when all fields have been drawn. */
    error: (): string | null => errorBeside((field) => [...shown].some((name) => isWithin(field, name))),
  };
}

/** What a form needs to be drawn, whatever is in it. */
export type AnySetupForm = Pick<
  ReturnType<typeof useSetupForm<object, unknown>>,
  'may' | 'busy' | 'leave' | 'error'
> & { save: () => void };

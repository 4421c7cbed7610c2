import { DomainError, type FieldError, Invalid } from './errors.js';

/** What a worker thread sends back: classes of errors do not survive the way, so a refusal is told as data. */
export type ThreadAnswer<T> =
  | { value: T }
  | { invalid: FieldError[] }
  | { refused: { code: string; status: number; detail: string; extra: Record<string, unknown> } };

/** Wraps the work of a thread file so that `answered` can throw its refusal again on the other side. */
export const answering =
  <I, O>(work: (input: I) => O | Promise<O>) =>
  async (input: I): Promise<ThreadAnswer<O>> => {
    try {
      return { value: await work(input) };
    } catch (error) {
      if (error instanceof Invalid) return { invalid: error.errors };
      if (!(error instanceof DomainError)) throw error;
      const { code, status, message: detail, extra } = error;
      return { refused: { code, status, detail, extra } };
    }
  };

/** @throws Invalid or DomainError, as the work did */
export function answered<T>(answer: ThreadAnswer<T>): T {
  if ('value' in answer) return answer.value;
  if ('invalid' in answer) throw new Invalid(answer.invalid);
  const { code, status, detail, extra } = answer.refused;
  throw new DomainError(code, status, detail, extra);
}

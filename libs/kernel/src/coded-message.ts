import { DomainError } from './errors.js';

/** Something a reader is told: `code` and `values` say it in any language, `detail` in English. */
export interface CodedMessage<Code extends string = string> {
  code: Code;
  /** Units are in the names; instants are ISO 8601; workers and jobs are named by id. */
  values: Record<string, number | string | null>;
  detail: string;
}

export const codedMessage = <const Code extends string>(
  code: Code,
  detail: string,
  values: CodedMessage['values'] = {},
): CodedMessage<Code> => ({ code, values, detail });

/** Why a run in the background ended without a result. */
export function failureOf(error: unknown): CodedMessage {
  const { message } = error as Error;
  if (!(error instanceof DomainError)) return codedMessage('FAILED', message);
  const plain = Object.entries(error.extra).filter((entry): entry is [string, number | string] =>
    ['number', 'string'].includes(typeof entry[1]),
  );
  return codedMessage(error.code, message, Object.fromEntries(plain));
}

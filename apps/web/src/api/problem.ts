import i18next from 'i18next';

export interface FieldProblem {
  field: string;
  message: string;
  limit?: string | number;
  /** Which fault it is, and the values in its message. */
  code?: string;
  values?: Record<string, string | number>;
}

/** In the reader's language where these pages know the fault, else as the server wrote it. */
export const fieldWords = ({ code, values, message }: FieldProblem): string =>
  code ? i18next.t(`common:fieldFault.${code}`, { ...values, defaultValue: message }) : message;

/** What happened, in the reader's language where these pages know it, else as the server wrote it. */
export const problemWords = ({ code, detail }: Pick<Problem, 'code' | 'detail'>): string =>
  i18next.t(`common:fault.${code}`, { defaultValue: detail });

/** What the server answers instead of the thing asked for (RFC 9457), or `OFFLINE` when it did not answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: FieldProblem[] = [],
    /** Everything else the server said: `expected`, `actual`, `state`, `event` and the like. */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  static from(status: number, body: unknown): Problem {
    const { code, detail, errors, ...extra } = (body ?? {}) as Record<string, unknown>;
    return new Problem(
      status,
      typeof code === 'string' ? code : `HTTP_${status}`,
      typeof detail === 'string' ? detail : `HTTP ${status}`,
      Array.isArray(errors) ? (errors as FieldProblem[]) : [],
      extra,
    );
  }

  /** By field, for a form. */
  get fields(): Record<string, string> {
    return Object.fromEntries(this.errors.map((e) => [e.field, fieldWords(e)]));
  }
}

export const isOffline = (error: unknown): boolean => error instanceof Problem && error.code === 'OFFLINE';

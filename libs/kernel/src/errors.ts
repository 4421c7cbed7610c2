/** One invalid field: `field` is a JSON path, `limit` what would have been accepted. */
export interface FieldError {
  field: string;
  message: string;
  limit?: string | number;
  /** Which fault it is, and the values in `message`, for whoever says it in another language. */
  code?: string;
  values?: Record<string, string | number>;
}

export type Reasons = Record<string, unknown>;

/**
 * An error that a caller can understand. The HTTP layer renders it as problem details (RFC 9457); sockets send the
 * same object in their acknowledgement.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    detail: string,
    readonly extra: Reasons = {},
  ) {
    super(detail);
    this.name = 'DomainError';
  }
}

/** 404, also for what the caller may not know exists. */
export class NotFound extends DomainError {
  constructor(what: string) {
    super('NOT_FOUND', 404, `No such ${what}.`);
  }
}

export class Conflict extends DomainError {
  constructor(code: string, detail: string, extra: Reasons = {}) {
    super(code, 409, detail, extra);
  }
}

export class Forbidden extends DomainError {
  constructor(detail = 'You may not do this.') {
    super('FORBIDDEN', 403, detail);
  }
}

/** 422 with the fields that are wrong and what would be right. */
export class Invalid extends DomainError {
  constructor(readonly errors: FieldError[]) {
    super('INVALID', 422, errors.map((e) => `${e.field}: ${e.message}`).join('; '), { errors });
  }

  /** `rule`: for whoever says it in another language. */
  static field(
    field: string,
    message: string,
    limit?: string | number,
    rule: Pick<FieldError, 'code' | 'values'> = {},
  ): Invalid {
    return new Invalid([{ field, message, ...(limit !== undefined && { limit }), ...rule }]);
  }
}

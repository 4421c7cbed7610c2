import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const text = { type: 'string' } as const;

const fieldProblem: Schema = {
  type: 'object',
  required: ['field', 'message'],
  properties: {
    field: { ...text, description: 'a path such as skills[0].level' },
    message: text,
    code: { ...text, description: 'which fault it is, such as REQUIRED or MAX_LENGTH' },
    limit: { oneOf: [text, { type: 'number' }], description: 'what would have been accepted' },
    values: {
      type: 'object',
      description: 'the values in the message, to say it in another language',
      additionalProperties: { oneOf: [text, { type: 'number' }] },
    },
  },
};

const problem: Schema = {
  type: 'object',
  description: 'Problem details (RFC 9457); what else there is depends on the code.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { ...text, description: 'urn:doorstep:problem:…' },
    title: text,
    status: { type: 'integer' },
    detail: { ...text, description: 'a sentence for people' },
    code: { ...text, description: 'for programs, such as VERSION_CONFLICT' },
    instance: text,
    requestId: { ...text, description: 'also the header X-Request-Id' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldProblem' } },
  },
  additionalProperties: true,
};

const CHANGING = ['post', 'put', 'patch', 'delete'];

interface Asked {
  method: string;
  path: string;
  operation: Operation;
  /** `public`, `signed in`, or the ability that it needs, such as `create Job`. */
  access: string;
}

const changes = ({ method }: Asked) => CHANGING.includes(method);
const needsAbility = ({ access }: Asked) => access.includes(' ') && access !== 'signed in';
const takesBody = ({ operation }: Asked) => operation.requestBody !== undefined;
const takesQuery = ({ operation }: Asked) =>
  (operation.parameters ?? []).some((one) => 'in' in one && one.in === 'query');

/** What can be refused, and where. */
const REFUSALS: Record<string, { description: string; where: (asked: Asked) => boolean }> = {
  400: { description: 'The request cannot be read.', where: () => true },
  401: {
    description: 'Not signed in, or no longer; or what should prove who calls is wrong.',
    where: (asked) => asked.access !== 'public' || changes(asked),
  },
  403: {
    description: 'The caller may see this, but not do it.',
    where: (asked) =>
      changes(asked) ? asked.access !== 'public' : needsAbility(asked) && !asked.access.startsWith('read '),
  },
  404: {
    description: 'It is not there, or not for this caller.',
    where: (asked) => needsAbility(asked) || asked.path.includes('{') || changes(asked),
  },
  409: { description: 'It is in another state or version than this needs.', where: changes },
  413: { description: 'The body is too large.', where: takesBody },
  415: { description: 'The body is of a type that is not read here.', where: () => true },
  422: {
    description: 'A field is wrong: errors says which and why.',
    where: (asked) => changes(asked) || takesQuery(asked),
  },
  429: { description: 'Too many; Retry-After says when to come again.', where: () => true },
  503: { description: 'Not now, for want of a part or of room; Retry-After says when.', where: () => true },
};

/** Adds to every operation what it may refuse, always as the same problem details. */
export function documentProblems(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.schemas = {
    ...document.components.schemas,
    Problem: problem,
    FieldProblem: fieldProblem,
  };
  document.components.responses = Object.fromEntries(
    Object.entries(REFUSALS).map(([status, { description }]) => [
      `Problem${status}`,
      {
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations) as [string, Operation][]) {
      const access = (operation as { 'x-access'?: string })['x-access'] ?? '';
      if (access === 'public') operation.security = [];
      for (const [status, { where }] of Object.entries(REFUSALS))
        if (where({ method, path, operation, access }))
          operation.responses[status] ??= { $ref: `#/components/responses/Problem${status}` };
    }
}

import type { Params } from 'nestjs-pino';
import type { Env } from '#config/env';

/** Secrets and personal data that must not reach a log, wherever a request or error carries them. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  ...[
    'password',
    'accessToken',
    'refreshToken',
    'token',
    'email',
    'phone',
    'contactName',
    'contactPhone',
    'address',
  ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
];

/** pino: one JSON line an event, health checks left out. */
export const logOptions = (env: Env): Params => ({
  pinoHttp: {
    level: env.LOG_LEVEL,
    redact: { paths: REDACTED, censor: '[redacted]' },
    autoLogging: { ignore: (request) => /^\/(health|metrics|assets)/.test(request.url ?? '') },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  },
});

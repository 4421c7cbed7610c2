import type { Env } from '#config/env';

const origin = (url: string | undefined): string[] => (url ? [new URL(url).origin] : []);

/** Only our own origin, and the map style and geocoder that the configuration names. */
export function contentSecurityPolicy(env: Env) {
  const outside = [...origin(env.MAP_STYLE_URL), ...origin(env.GEOCODER_URL)];
  return {
    useDefaults: true,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'", "'wasm-unsafe-eval'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:', ...outside],
      // Of the live channel too: 'self' is our own host by ws and wss.
      'connect-src': ["'self'", 'blob:', ...outside],
      'worker-src': ["'self'", 'blob:'],
      'upgrade-insecure-requests': null,
    },
  };
}

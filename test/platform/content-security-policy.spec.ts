import { readEnv } from '#config/env';
import { contentSecurityPolicy } from '../../apps/api/src/content-security-policy.js';

const envWith = (more: Record<string, string>) =>
  readEnv({
    DATABASE_URL: 'postgres://nobody@localhost/nothing',
    JWT_SECRET: 'x'.repeat(32),
    QR_SECRET: 'y'.repeat(32),
    ...more,
  });

/** The origins other than our own that a page may ask, directive by directive. */
function outside(more: Record<string, string>): Record<string, string[]> {
  const { directives } = contentSecurityPolicy(envWith(more));
  return Object.fromEntries(
    Object.entries(directives).flatMap(([name, sources]) => {
      const origins = (sources ?? []).filter((source) => /^https?:/.test(source));
      return origins.length > 0 ? [[name, origins]] : [];
    }),
  );
}

describe('what pages may ask', () => {
  it('is our own origin alone, when nothing else is configured', () => {
    expect(outside({})).toEqual({});
    const { directives } = contentSecurityPolicy(envWith({}));
    // Nor any host by its scheme alone: a script that got in could tell it everything over a web socket.
    for (const sources of Object.values(directives))
      for (const source of sources ?? [])
        expect(['ws:', 'wss:', 'http:', 'https:', '*']).not.toContain(source);
  });

  it.each([
    ['a MapLibre style', 'https://maps.example.org/styles/calm.json?key=1', 'https://maps.example.org'],
    ['a PMTiles archive', 'http://localhost:8080/city.pmtiles', 'http://localhost:8080'],
    ['pictures', 'https://tiles.example.org:8443/{z}/{x}/{y}@2x.png', 'https://tiles.example.org:8443'],
  ])('is exactly the origin of %s besides', (_, url, origin) => {
    expect(outside({ MAP_STYLE_URL: url })).toEqual({ 'img-src': [origin], 'connect-src': [origin] });
  });

  it('and that of the geocoder', () => {
    expect(outside({ GEOCODER_URL: 'https://find.example.org/search' })['connect-src']).toEqual([
      'https://find.example.org',
    ]);
  });

  it.each([
    'tiles.example.org/city.pmtiles',
    'ftp://tiles.example.org/city.pmtiles',
    '*',
    'javascript:alert(1)',
  ])('is not widened by %s', (url) => {
    expect(() => envWith({ MAP_STYLE_URL: url })).toThrow('MAP_STYLE_URL must be a URL');
  });
});

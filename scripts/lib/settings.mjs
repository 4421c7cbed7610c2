// The launcher's settings, checked before anything is started: a broken one gets one line. Node built-ins only.
// What the processes themselves read is validated once more, in full, by config/env.ts.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { dataDir, inRoot } from './paths.mjs';
import { writeDurably } from './private-files.mjs';
import { answers, freePort } from './processes.mjs';
import { Stop } from './say.mjs';

/** `.env` fills what the environment leaves open. */
export function loadEnvFile() {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
}

/** @returns the checked settings; throws `Stop` naming the variable and its limit. */
export function readSettings(env = process.env) {
  return {
    port: readPort(env.PORT),
    host: env.HOST || '127.0.0.1',
    demo: !['off', 'false', '0', 'no'].includes((env.DEMO ?? '').toLowerCase()),
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    ownerUrl: readUrl(env, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:']),
    redisUrl: readUrl(env, 'REDIS_URL', ['redis:', 'rediss:']),
    dataDir: dataDir(),
  };
}

function readPort(text) {
  if (!text) return 3000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Stop(`PORT must be a whole number from 0 to 65535, not "${text}"`);
  return port;
}

function readUrl(env, name, protocols) {
  if (!env[name]) return undefined;
  const example = `${protocols[0]}//…`;
  if (!URL.canParse(env[name])) throw new Stop(`${name} is not a URL; it should look like ${example}`);
  const url = new URL(env[name]);
  if (!protocols.includes(url.protocol))
    throw new Stop(`${name} must start with ${protocols.join('// or ')}//, not ${url.protocol}//`);
  return env[name];
}

/** Resolves to the port to listen on (0 asks for any free one), or throws when somebody else has it. */
export async function claimPort(port, host) {
  if (port === 0) return freePort();
  const problem = await new Promise((resolve) => {
    const server = createServer().once('error', resolve);
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
  if (!problem) return port;
  if (problem.code === 'EADDRINUSE')
    throw new Stop(`port ${port} is in use by another program; set PORT to a free one`);
  if (problem.code === 'EACCES')
    throw new Stop(`port ${port} may only be opened by root; set PORT to one above 1023`);
  throw new Stop(`cannot listen on ${host}:${port}: ${problem.message}`);
}

/** A server that is not there is found now, not by a client that retries for ever. */
export async function requireAnswer(name, url, usualPort) {
  if (!url) return;
  const { hostname, port } = new URL(url);
  if (await answers(Number(port || usualPort), hostname, 3_000)) return;
  throw new Stop(`${name}: nothing answers at ${hostname}:${port || usualPort}`);
}

/**
 * Secrets made once for this data folder, so that sessions and printed QR tags outlive a restart.
 * A value in the environment wins.
 */
export function readSecrets(folder, env = process.env) {
  const path = join(folder, 'secrets.json');
  const made = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const names = ['JWT_SECRET', 'QR_SECRET'];
  const secrets = Object.fromEntries(
    names.map((name) => [name, made[name] ?? randomBytes(32).toString('base64url')]),
  );
  if (names.some((name) => made[name] !== secrets[name])) {
    mkdirSync(folder, { recursive: true });
    writeDurably(path, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  return Object.fromEntries(names.map((name) => [name, env[name] || secrets[name]]));
}

import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { Logger } from '@nestjs/common';
import { type Env, readEnv, SettingError } from '#config/env';

/** The exit code of a setting that cannot be used (EX_CONFIG of sysexits.h): starting again would not help. */
const BAD_SETTING = 78;

interface Running {
  close(): Promise<unknown>;
}

/** Runs one process: a bad setting is one clear line, a signal or the end of the launcher stops it cleanly. */
export async function boot(name: string, start: (env: Env) => Promise<Running>): Promise<void> {
  // What it writes (files of customers, a key) is for its own account alone.
  process.umask(0o077);
  // Garbage is collected once it is half of what lives, not three times that: a burst of large requests stays small.
  setFlagsFromString('--heap-growing-percent=50');
  const logger = new Logger(name);
  try {
    const app = await start(readEnv());
    let closing = false;
    const close = async () => {
      if (closing) return;
      closing = true;
      setTimeout(() => process.exit(1), 8_000).unref();
      await app.close().catch((error: unknown) => logger.error(String(error)));
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => void close());
    process.send?.({ started: name });
  } catch (error) {
    const bad = error instanceof SettingError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    console.error(bad ? (error as Error).message : error);
    process.exit(bad ? BAD_SETTING : 1);
  }
}

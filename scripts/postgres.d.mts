export interface EmbeddedPostgres {
  /** As superuser, with the password made for this cluster, database `postgres`, on 127.0.0.1. */
  url: string;
  port: number;
  dataDir: string;
  readonly pid: number;
  /** False once the server's process has gone, whoever ended it. */
  isUp(): boolean;
  /** Fast shutdown, unless another live process still uses the same folder. */
  stop(): Promise<void>;
  /** As a power cut would: no checkpoint; the next start recovers from the log. */
  stopImmediate(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
}

export function startPostgres(options: {
  dataDir: string;
  port?: number;
  durable?: boolean;
  settings?: Record<string, string>;
  log?: (line: string) => void;
}): Promise<EmbeddedPostgres>;

/** Stops the server on a folder nobody needs any more, whoever started it, and deletes the folder. */
export function removeCluster(dataDir: string): Promise<void>;

import { type IPty, spawn } from '@lydell/node-pty';

/** A command in a terminal of its own, as a person runs it: keys reach its whole foreground group. */
export interface Terminal {
  text(): string;
  /** Resolves to the first match in what was printed; rejects when the command ends without it. */
  said(pattern: RegExp): Promise<RegExpMatchArray>;
  ctrlC(): void;
  /** The person closes the window: the foreground group gets SIGHUP, and nothing can be printed any more. */
  close(): void;
  /** Of the command itself (npm), not of what it started. */
  pid: number;
  /** Resolves when the command has ended. */
  end: Promise<{ exitCode: number; signal?: number }>;
}

export function openTerminal(command: string, args: string[], env: Record<string, string>): Terminal {
  const pty: IPty = spawn(command, args, { cwd: process.cwd(), env, cols: 200, rows: 50 });
  let text = '';
  let ended = false;
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watch of watchers) watch();
  };
  pty.onData((chunk) => {
    text += chunk;
    look();
  });
  const end = new Promise<{ exitCode: number; signal?: number }>((resolve) =>
    pty.onExit((how) => {
      ended = true;
      look();
      resolve(how);
    }),
  );
  return {
    text: () => text,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const found = text.match(pattern);
          if (!found && !ended) return;
          watchers.delete(watch);
          if (found) resolve(found);
          else reject(new Error(`ended without saying ${pattern}:\n${text}`));
        };
        watchers.add(watch);
        watch();
      }),
    ctrlC: () => pty.write('\x03'),
    close: () => (pty as IPty & { destroy(): void }).destroy(),
    pid: pty.pid,
    end,
  };
}

import { SettingError } from '#config/env';
import { DomainError } from '#kernel';
import { commands } from './commands.js';

const [name = 'help', ...argv] = process.argv.slice(2);
const command = commands[name];

if (!command) {
  const width = Math.max(...Object.keys(commands).map((key) => key.length));
  console.log('npm run doorstep -- COMMAND\n');
  for (const [key, { what }] of Object.entries(commands)) console.log(`  ${key.padEnd(width)}  ${what}`);
  process.exit(['help', '--help'].includes(name) ? 0 : 64);
}

try {
  await command.run(argv);
  process.exit(process.exitCode ?? 0);
} catch (error) {
  console.error(isExpected(error) ? (error as Error).message : error);
  process.exit(1);
}

/** What the person at the terminal can mend: no stack then. */
function isExpected(error: unknown): boolean {
  const { name, code } = error as NodeJS.ErrnoException;
  return (
    error instanceof SettingError ||
    error instanceof DomainError ||
    name === 'UsageError' ||
    Boolean(code?.startsWith('ERR_PARSE_ARGS_'))
  );
}

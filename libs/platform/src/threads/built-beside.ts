import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built file `name` beside the module at `moduleUrl`, also where that module runs from source, as in tests. */
export function builtBeside(moduleUrl: string, name: string): string {
  const path = fileURLToPath(new URL(name, moduleUrl));
  const root = process.cwd() + sep;
  return moduleUrl.endsWith('.ts') && path.startsWith(root)
    ? join(root, 'dist', path.slice(root.length))
    : path;
}

// One file of ours from TypeScript to dist, as the build would write it, without a look at its types: milliseconds.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { transformFile } from '@swc/core';
import { inRoot } from './paths.mjs';

const options = {
  swcrc: false,
  sourceMaps: true,
  module: { type: 'nodenext' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

/**
 * @param {string} path of the source, from the project's root
 * @throws what stands in the way of reading it as TypeScript
 */
export async function transpile(path) {
  const output = inRoot('dist', path).replace(/\.ts$/, '.js');
  if (!existsSync(inRoot(path))) return rmSync(output, { force: true });
  const { code, map } = await transformFile(inRoot(path), options);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${code}//# sourceMappingURL=${basename(output)}.map\n`);
  writeFileSync(`${output}.map`, map);
}

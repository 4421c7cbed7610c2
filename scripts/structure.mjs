// Draws docs/structure.md from the imports between libraries and processes; `--check` only says whether it is up to date.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { runMain, Stop, say } from './lib/say.mjs';

/** What nearly everything imports would hide the rest. */
const EVERYBODYS = ['kernel', 'platform'];
const file = inRoot('docs/structure.md');

await runMain(async () => {
  const drawn = page(await imports());
  if (!process.argv.includes('--check')) {
    writeFileSync(file, drawn);
    return say('written: docs/structure.md');
  }
  if (!existsSync(file) || readFileSync(file, 'utf8') !== drawn)
    throw new Stop('docs/structure.md is not what the code is: run node scripts/structure.mjs');
});

/** Which library or process imports which, types included: name -> names. */
async function imports() {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      inRoot('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', inRoot('.dependency-cruiser.cjs'), '--no-cache', '--output-type', 'json'],
      ...['--collapse', '^(libs|apps)/[^/]+', '--include-only', '^(libs|apps)/'],
      ...['--exclude', String.raw`\.spec\.ts|/testing/|^apps/(?!stages)[^/]+\.ts`, 'apps', 'libs'],
    ],
    { cwd: inRoot('.'), maxBuffer: 64 * 1024 * 1024 },
  );
  const nameOf = (path) => path.split('/')[1];
  const edges = new Map();
  for (const { source, dependencies } of JSON.parse(stdout).modules)
    edges.set(nameOf(source), [...new Set(dependencies.map(({ resolved }) => nameOf(resolved)))].sort());
  // A process that runs the stages imports what the list of stages does.
  const stages = edges.get('stages.ts') ?? [];
  edges.delete('stages.ts');
  const listed = (names) => [...new Set(names.flatMap((name) => (name === 'stages.ts' ? stages : [name])))];
  return new Map([...edges].map(([from, to]) => [from, listed(to)]));
}

/** Leaves out what follows: if A imports B and B imports C, that A imports C too is not drawn. */
function reduced(edges) {
  const reaches = (from, to) => (edges.get(from) ?? []).some((next) => next === to || reaches(next, to));
  return new Map(
    [...edges].map(([from, all]) => [
      from,
      all.filter((to) => !all.some((by) => by !== to && reaches(by, to))),
    ]),
  );
}

function page(all) {
  const shown = (name) => !EVERYBODYS.includes(name);
  const edges = new Map(
    [...all].filter(([name]) => shown(name)).map(([name, to]) => [name, to.filter(shown)]),
  );
  const stages = [...edges.keys()].filter((name) => existsSync(inRoot('libs', name))).sort();
  const lines = [...reduced(edges)]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([from, to]) => to.map((name) => `  ${from} --> ${name}`));
  const processes = [...edges.keys()].filter((name) => !stages.includes(name)).sort();
  return `# Structure

Drawn from the imports by \`node scripts/structure.mjs\`; \`npm test\` fails when it is out of date. An arrow means "imports"; what
follows from other arrows is left out, and so are \`kernel\` and \`platform\`, which all of them may use.

\`\`\`mermaid
flowchart LR
  subgraph processes
${processes.map((name) => `    ${name}`).join('\n')}
  end
  subgraph libraries
${stages.map((name) => `    ${name}`).join('\n')}
  end
${lines.join('\n')}
\`\`\`

| library | what it is for | read first |
|---|---|---|
${[...EVERYBODYS, ...stages].map(row).join('\n')}
`;
}

/** From the library's own README: the sentence under its title, and the file it recommends. */
function row(name) {
  const text = readFileSync(inRoot('libs', name, 'README.md'), 'utf8');
  const [, purpose] = /^# .*\n+([\s\S]*?)\n\n/.exec(text);
  const [, first] = /Read first: `([^`]+)`/.exec(text);
  if (!existsSync(inRoot('libs', name, first)))
    throw new Stop(`libs/${name}/README.md names ${first}, which is not there`);
  const [sentence] = purpose.replaceAll('\n', ' ').split(/(?<=\.)\s/);
  return `| [${name}](../libs/${name}/README.md) | ${sentence} | [${first}](../libs/${name}/${first}) |`;
}

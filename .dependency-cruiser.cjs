// Who may import whom. Everything is derived from one ordered list, that of apps/stages.ts: a stage sees only the stages before it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const inOrder = /const stages = \[([^\]]*)\]/.exec(
  readFileSync(join(__dirname, 'apps/stages.ts'), 'utf8'),
)[1];
const stages = ['kernel', 'platform', ...[...inOrder.matchAll(/(\w+)Stage\b/g)].map(([, name]) => name)];

/** Libraries that are pure from end to end: no database, no clock of their own, no framework. Any stage may ask them. */
const pureLibraries = ['kernel', 'matching', 'routing'];

/** Files that may use frameworks, the database and other libraries; every other file of a stage is pure. */
const impureKinds = [
  ...[
    'service',
    'controller',
    'entity',
    'module',
    'stage',
    'policy',
    'handlers',
    'retention',
    'guard',
    'thread',
    'facts',
  ],
  ...['dto', 'view', 'views', 'server'],
];

const anyOf = (names) => `(?:${names.join('|')})`;
const impure = `\\.${anyOf(impureKinds)}\\.ts$|/src/index\\.ts$`;
/** Beside the kernel's index.ts, because the pages load that one. */
const besideKernel = '^libs/kernel/src/recurrence/recurrence\\.ts$';
const notProduct = '\\.spec\\.ts$|^libs/[^/]+/src/testing/';
const pure = `^libs/(?!platform/)(?:${anyOf(pureLibraries)}/src/|(?!.*(?:${impure})))`;

const laterStages = stages.slice(0, -1).map((stage, index) => ({
  name: `${stage}-knows-no-later-stage`,
  comment: `Later stages learn of ${stage} through its facts; ${stage} never learns of them.`,
  severity: 'error',
  from: { path: `^libs/${stage}/`, pathNot: notProduct },
  to: { path: `^libs/${anyOf(stages.slice(index + 1))}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...laterStages,
    {
      name: 'a-library-is-on-the-list',
      comment: 'A new stage takes its place in apps/stages.ts before anything may import it.',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: `^libs/${anyOf([...stages, ...pureLibraries])}/` },
    },
    {
      name: 'only-the-public-surface',
      comment:
        'From outside, a library is its index.ts. (Pure files may be reached by pure files and by the web app.)',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps/(?!web/)|config|migrations)/', pathNot: notProduct },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', pure] },
    },
    {
      name: 'only-pure-files-reach-into-a-library',
      comment: 'Everything else asks the index.ts of the library.',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps/(?!web/)|config)/', pathNot: [pure, notProduct] },
      to: { path: pure, pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', besideKernel] },
    },
    {
      name: 'pure-files-are-pure',
      comment:
        'They get `now` and plain objects: they may use the kernel, other pure files, and the types of anything.',
      severity: 'error',
      from: { path: pure, pathNot: notProduct },
      to: {
        path: '^(?:libs|apps|config|migrations|test)/',
        pathNot: pure,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-files-use-no-framework',
      comment: 'What decides must run in a test, a worker thread and a browser alike.',
      severity: 'error',
      from: { path: pure, pathNot: notProduct },
      to: { path: 'node_modules/(?:@nestjs|typeorm|pg|bullmq|ioredis|socket\\.io|express)' },
    },
    {
      name: 'apps-are-on-top',
      severity: 'error',
      from: { path: '^(?:libs|config|migrations)/' },
      to: { path: '^(?:apps|test)/' },
    },
    {
      name: 'no-process-imports-another',
      comment: 'The operations CLI alone may: it looks into the others (their description, their wiring).',
      severity: 'error',
      from: { path: '^apps/(?!cli/)([^/]+)/' },
      to: { path: '^apps/[^/]+/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-web-app-sees-pure-files-only',
      comment: 'The pages use the generated client, and the very rules by which the server decides.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(?:libs|config|migrations|test)/', pathNot: pure },
    },
    {
      name: 'no-cycles',
      comment: 'Of types alone a circle is harmless; of modules it is an order nobody can guess.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?' },
    },
    {
      name: 'the-product-runs-without-dev-packages',
      severity: 'error',
      from: { path: '^(?:libs|apps/(?!web/)|config|migrations)/', pathNot: notProduct },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|__generated__' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'metadata' },
  },
};

/** `npm run test:long` runs what takes many minutes, and that alone; `npm test` everything else. */
const isLong = Boolean(process.env.DOORSTEP_LONG_TESTS);

/** One jest for every kind of test; `npm test -- PATTERN` narrows it. */
module.exports = {
  rootDir: __dirname,
  testMatch: [`<rootDir>/{apps,libs,config,test}/**/*${isLong ? '.long' : ''}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(isLong ? [] : ['\\.long\\.spec\\.ts$'])],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  transform: { '\\.(ts|js|mjs)$': '<rootDir>/test/support/transform.cjs' },
  transformIgnorePatterns: [],
  moduleNameMapper: {
    '^#config/(.*)$': '<rootDir>/config/$1.ts',
    '^#libs/(.*)$': '<rootDir>/libs/$1.ts',
    '^#scripts/(.*)$': '<rootDir>/scripts/$1.mjs',
    '^#migrations$': '<rootDir>/migrations/index.ts',
    '^#([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
  },
  testRunner: '<rootDir>/test/support/spec-runner.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // Real databases and sockets on a machine that may be busy; what hangs is told from what is slow.
  testTimeout: 240_000,
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/fixed-seed.cjs'],
};

// Runs the specs of the server where Node itself loads them, from `dist`: Jest would load Nest, TypeORM and our libraries
// anew for each file, about ten seconds of processor each time. jest-circus still defines, times and reports the tests.
// So specs that run in one process share what modules keep at their top level. The web app is not in `dist`: Jest loads it.
const { existsSync } = require('node:fs');
const { join, relative } = require('node:path');
const { pathToFileURL } = require('node:url');
const { jestExpect: expect } = require('@jest/expect');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { default: circus } = require('jest-circus/runner');
const { ModuleMocker } = require('jest-mock');
const { seed } = require('./fixed-seed.cjs');
const watchForStuck = require('./stuck-spec.cjs');

process.setSourceMapsEnabled(true);

module.exports = async function runSpec(globalConfig, config, environment, runtime, testPath, ...rest) {
  const spec = relative(config.rootDir, testPath);
  const stopWatching = watchForStuck(spec);
  const run = () =>
    circus(globalConfig, config, environment, runtime, testPath, ...rest).finally(stopWatching);
  if (spec.startsWith(join('apps', 'web'))) return run();
  const built = join(config.rootDir, 'dist', spec.replace(/\.ts$/, '.js'));
  if (!existsSync(built)) throw new Error(`${spec} is not built: run npm run build`);

  const mocks = new ModuleMocker(globalThis);
  const timers = new ModernFakeTimers({ config, global: globalThis });
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = async () => {
    const { describe, it, test, beforeAll, beforeEach, afterEach, afterAll } = environment.global;
    const jest = jestObject(mocks, timers);
    Object.assign(globalThis, {
      describe,
      it,
      test,
      expect,
      beforeAll,
      beforeEach,
      afterEach,
      afterAll,
      jest,
    });
    await import('reflect-metadata');
    (await import('fast-check')).configureGlobal({ seed });
    // The spec before may have replaced the logger of all of Nest, by one that throws for instance.
    const { ConsoleLogger, Logger } = await import('@nestjs/common');
    Logger.overrideLogger(new ConsoleLogger());
    await import(pathToFileURL(built).href);
  };
  try {
    return await run();
  } finally {
    timers.useRealTimers();
    mocks.restoreAllMocks();
  }
};

/** What our specs use of Jest's object, for the globals that Node's own modules see. */
const jestObject = (mocks, timers) => ({
  fn: mocks.fn.bind(mocks),
  spyOn: mocks.spyOn.bind(mocks),
  mocked: (source) => source,
  restoreAllMocks: () => mocks.restoreAllMocks(),
  useFakeTimers: (options) => timers.useFakeTimers(options),
  useRealTimers: () => timers.useRealTimers(),
  advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
  advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
});

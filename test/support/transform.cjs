// @swc/jest compiles our TypeScript and every ESM package to CommonJS, so Jest needs no experimental flag.
const { createTransformer } = require('@swc/jest');

const common = { sourceMaps: 'inline', module: { type: 'commonjs' } };
const typescript = createTransformer({
  ...common,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
});
const javascript = createTransformer({
  ...common,
  jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
});
const pick = (path) => (path.endsWith('.ts') ? typescript : javascript);

module.exports = {
  canInstrument: false,
  process: (source, path, options) => pick(path).process(source, path, options),
  getCacheKey: (source, path, options) => pick(path).getCacheKey(source, path, options),
};

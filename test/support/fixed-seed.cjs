// Property tests draw the same cases on every run, so that a red run can be repeated; FC_SEED=… explores others.
const { configureGlobal } = require('fast-check');

const seed = Number(process.env.FC_SEED ?? 20_261_123);
configureGlobal({ seed });

module.exports = { seed };

import { benchDense, benchSparse } from './matching-assignment.js';
import { benchSpatial } from './matching-spatial.js';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

function option(argv: string[], name: string, fallback: number): number {
  const at = argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number, 1 or more`);
  return value;
}

/**
 * `npm run bench -- matching [--rounds 7] [--seed 1]`: medians over rounds on fresh instances, the libraries taking
 * turns within the same run. The last line is one JSON object.
 */
export async function main(argv: string[]): Promise<void> {
  const rounds = option(argv, 'rounds', 7);
  const seed = option(argv, 'seed', 1);
  const line = (what: string, figure: string) => console.log(`${what.padEnd(52)} ${figure}`);
  console.log(`matching: medians of ${rounds} rounds, seed ${seed}, Node ${process.version}\n`);

  // Every code path is compiled before it counts, ours and theirs alike.
  benchDense(400, 3, seed + 90_000);
  const dense1000 = benchDense(1000, rounds, seed + 10_000);
  const dense2000 = benchDense(2000, Math.max(3, rounds - 2), seed + 20_000);
  for (const [size, d] of [
    [1000, dense1000],
    [2000, dense2000],
  ] as const)
    line(
      `dense assignment ${size} x ${size}, exact`,
      `${fixed(d.denseMs)} ms; munkres ${fixed(d.munkresMs)} ms; ratio ${fixed(d.denseMs / d.munkresMs, 2)}`,
    );

  benchSparse(2_000, 20, 2, seed + 91_000);
  const sparse = benchSparse(10_000, 20, rounds, seed + 30_000);
  line(
    'sparse assignment 10,000 x 10,000, 20 candidates',
    `${fixed(sparse.sparseMs)} ms (${fixed(sparse.sparseCpuMs)} ms of processor time); ${sparse.certified ? 'certified optimal' : 'NOT CERTIFIED'}`,
  );
  line('  finding the candidates (index and 10,000 searches)', `${fixed(sparse.candidatesMs)} ms`);
  line(
    '  travel when every job is served',
    `${fixed(sparse.batchSecondsPerJob)} s a job (${fixed(sparse.unassigned)} jobs had no candidate left and went to the nearest); greedy nearest ${fixed(sparse.greedySecondsPerJob)} s; saved ${fixed(sparse.travelSavedPercent)} %`,
  );

  const spatial = benchSpatial(100_000, 20_000, rounds, seed + 40_000);
  line(
    '20 nearest of 100,000 moving points',
    `${whole(spatial.knnPerSecond)}/s; flatbush ${whole(spatial.flatbushKnnPerSecond)}/s; ratio ${fixed(spatial.knnPerSecond / spatial.flatbushKnnPerSecond, 2)}; geokdbush ${whole(spatial.geokdbushKnnPerSecond)}/s`,
  );
  line(
    'moves',
    `${whole(spatial.movesPerSecond)}/s; flatbush builds anew in ${fixed(spatial.flatbushRebuildMs)} ms, kdbush in ${fixed(spatial.kdbushRebuildMs)} ms`,
  );
  line('index build, 100,000 points', `${fixed(spatial.indexBuildMs)} ms\n`);

  const round3 = (value: number) => Math.round(value * 1000) / 1000;
  console.log(
    JSON.stringify({
      bench: 'matching',
      rounds,
      seed,
      denseMs1000: round3(dense1000.denseMs),
      denseMs2000: round3(dense2000.denseMs),
      munkresMs1000: round3(dense1000.munkresMs),
      munkresMs2000: round3(dense2000.munkresMs),
      denseRatio1000: round3(dense1000.denseMs / dense1000.munkresMs),
      denseRatio2000: round3(dense2000.denseMs / dense2000.munkresMs),
      sparseMs10k: round3(sparse.sparseMs),
      sparseCpuMs10k: round3(sparse.sparseCpuMs),
      sparseCertified: sparse.certified,
      sparseCandidatesMs10k: round3(sparse.candidatesMs),
      travelSavedPercent: round3(sparse.travelSavedPercent),
      sparseUnassigned: round3(sparse.unassigned),
      knnPerSecond: Math.round(spatial.knnPerSecond),
      flatbushKnnPerSecond: Math.round(spatial.flatbushKnnPerSecond),
      knnRatio: round3(spatial.knnPerSecond / spatial.flatbushKnnPerSecond),
      geokdbushKnnPerSecond: Math.round(spatial.geokdbushKnnPerSecond),
      movesPerSecond: Math.round(spatial.movesPerSecond),
      indexBuildMs: round3(spatial.indexBuildMs),
      flatbushRebuildMs: round3(spatial.flatbushRebuildMs),
      kdbushRebuildMs: round3(spatial.kdbushRebuildMs),
    }),
  );
}

import munkres from 'munkres';
import { haversineMetres } from '#kernel';
import { certify, denseProblem, solveDense, solveSparse } from '#matching';
import { median, randomPlaces, sparseCity, timed, travelWhenRestGoesNearest } from './matching-instances.js';

/** Both solvers on fresh cities, taking turns at going first; totals must agree. Medians in milliseconds. */
export function benchDense(size: number, rounds: number, seed: number) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const jobs = randomPlaces(size, seed + 2 * round);
    const workers = randomPlaces(size, seed + 2 * round + 1);
    const matrix = jobs.map((job) => workers.map((worker) => haversineMetres(job, worker)));
    const problem = denseProblem(matrix);
    const runOurs = () => timed(() => solveDense(problem));
    const runTheirs = () => timed(() => munkres(matrix));
    let mine: ReturnType<typeof runOurs>;
    let other: ReturnType<typeof runTheirs>;
    if (round % 2 === 0) {
      mine = runOurs();
      other = runTheirs();
    } else {
      other = runTheirs();
      mine = runOurs();
    }
    const total = other.result.reduce((sum, [row, column]) => sum + matrix[row]![column]!, 0);
    if (Math.abs(total - mine.result.totalCost) > 1e-9 * total)
      throw new Error(`dense ${size}: totals differ, ${mine.result.totalCost} and ${total}`);
    ours.push(mine.ms);
    theirs.push(other.ms);
  }
  return { denseMs: median(ours), munkresMs: median(theirs) };
}

/** Ten thousand jobs and workers, twenty candidates a job: time, proof, and what it saves when all jobs are served. */
export function benchSparse(size: number, candidates: number, rounds: number, seed: number) {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  const candidateTimes: number[] = [];
  let certified = true;
  let left = 0;
  let batchTravel = 0;
  let greedyTravel = 0;
  for (let round = 0; round < rounds; round++) {
    const jobs = randomPlaces(size, seed + 2 * round);
    const workers = randomPlaces(size, seed + 2 * round + 1);
    const { ms: candidatesMs, result: problem } = timed(() => sparseCity(jobs, workers, candidates));
    const { ms, cpuMs, result } = timed(() => solveSparse(problem));
    times.push(ms);
    cpuTimes.push(cpuMs);
    candidateTimes.push(candidatesMs);
    certified &&= certify(problem, result).optimal;
    left += size - result.assigned;
    batchTravel += travelWhenRestGoesNearest(jobs, workers, result.columnOf);
    greedyTravel += travelWhenRestGoesNearest(jobs, workers, new Int32Array(size).fill(-1));
  }
  return {
    sparseMs: median(times),
    sparseCpuMs: median(cpuTimes),
    candidatesMs: median(candidateTimes),
    certified,
    unassigned: left / rounds,
    batchSecondsPerJob: batchTravel / rounds / size,
    greedySecondsPerJob: greedyTravel / rounds / size,
    travelSavedPercent: 100 * (1 - batchTravel / greedyTravel),
  };
}

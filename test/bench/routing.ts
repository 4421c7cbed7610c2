import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPlan, RoutingPool, readProblem, spawnIsland } from '#routing';
import { type ReferenceRow, readReference } from './routing-reference.js';

interface Row {
  name: string;
  distance: number;
  vehicles: number;
  unassigned: number;
  wallSeconds: number;
  cpuSeconds: number;
  checked: boolean;
  reference: ReferenceRow;
}

const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
const round = (value: number | null, digits: number) =>
  value === null ? null : Number(value.toFixed(digits));
const show = (value: number | undefined, digits: number) =>
  value === undefined ? '-' : value.toFixed(digits);

/**
 * Solves every instance of a folder and checks each plan independently. `--cold` starts new threads for every
 * instance; otherwise they stay warm, as in the product. Wall time runs from the parsed problem to the finished plan.
 */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      instances: { type: 'string' },
      seconds: { type: 'string', default: '1' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      reference: { type: 'string' },
      'instance-seconds': { type: 'string' },
      only: { type: 'string' },
      cold: { type: 'boolean', default: false },
    },
  });
  if (!values.instances) throw new Error('routing bench: --instances DIR is needed');
  const fromReference =
    values['instance-seconds'] === 'reference' || values['instance-seconds'] === 'from reference';
  const references = values.reference ? readReference(values.reference) : new Map<string, ReferenceRow>();
  const files = readdirSync(values.instances)
    .filter((f) => ['.txt', '.json'].includes(extname(f)) && (!values.only || f.includes(values.only)))
    .sort();
  const threads = Number(values.threads);
  let pool = new RoutingPool(threads, spawnIsland);
  const rows: Row[] = [];
  console.log('instance            distance  vehicles  open  wall s   cpu s  gap %  /VROOM  checked');
  for (const file of files) {
    const name = basename(file, extname(file));
    const reference = references.get(name.toLowerCase()) ?? {};
    const seconds = (fromReference ? reference.vroomSeconds : undefined) ?? Number(values.seconds);
    if (values.cold && rows.length > 0) {
      await pool.close();
      pool = new RoutingPool(threads, spawnIsland);
    }
    const { problem } = readProblem(readFileSync(join(values.instances, file), 'utf8'));
    const cpu = process.cpuUsage();
    const began = performance.now();
    const { plan } = await pool.solve(problem, {
      budget: { milliseconds: seconds * 1000 },
      seed: Number(values.seed),
    });
    const wallSeconds = (performance.now() - began) / 1000;
    const used = process.cpuUsage(cpu);
    const faults = checkPlan(problem, plan);
    for (const fault of faults.slice(0, 3)) console.log(`  fault in ${name}: ${JSON.stringify(fault)}`);
    const row = {
      name,
      distance: plan.routes.reduce((sum, r) => sum + r.facts.travelSeconds, 0),
      vehicles: plan.routes.length,
      unassigned: plan.unassigned.length,
      wallSeconds,
      cpuSeconds: (used.user + used.system) / 1e6,
      checked: faults.length === 0,
      reference,
    };
    rows.push(row);
    console.log(line(row));
  }
  await pool.close();
  console.log(JSON.stringify(summary(rows)));
}

const gapOf = ({ distance, reference }: Row) =>
  reference.best === undefined ? undefined : (distance / reference.best - 1) * 100;

function line(row: Row): string {
  const ratio = row.reference.vroom === undefined ? undefined : row.distance / row.reference.vroom;
  return [
    row.name.padEnd(16),
    row.distance.toFixed(2).padStart(11),
    String(row.vehicles).padStart(9),
    String(row.unassigned).padStart(5),
    row.wallSeconds.toFixed(2).padStart(7),
    row.cpuSeconds.toFixed(2).padStart(7),
    show(gapOf(row), 2).padStart(6),
    show(ratio, 4).padStart(7),
    (row.checked ? 'yes' : 'NO').padStart(8),
  ].join(' ');
}

function summary(rows: Row[]) {
  const sum = (pick: (r: Row) => number) => rows.reduce((total, r) => total + pick(r), 0);
  const gaps = rows.map(gapOf).filter((g) => g !== undefined);
  const both = rows.filter((r) => r.reference.vroom !== undefined);
  const vroom = both.reduce((total, r) => total + (r.reference.vroom ?? 0), 0);
  return {
    bench: 'routing',
    instances: rows.length,
    totalDistance: round(
      sum((r) => r.distance),
      3,
    ),
    meanGapPercent: round(mean(gaps), 4),
    maxGapPercent: gaps.length === 0 ? null : round(Math.max(...gaps), 4),
    ratioToVroom: both.length === 0 ? null : round(both.reduce((t, r) => t + r.distance, 0) / vroom, 5),
    unassigned: sum((r) => r.unassigned),
    vehicles: sum((r) => r.vehicles),
    meanWallSeconds: round(mean(rows.map((r) => r.wallSeconds)), 3),
    meanCpuSeconds: round(mean(rows.map((r) => r.cpuSeconds)), 3),
    checked: rows.filter((r) => r.checked).length,
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DomainError } from '#kernel';
import { checkPlan, RoutingPool, readProblem, spawnIsland } from '#routing';

const USAGE = 'route --in problem.json [--seconds 5] [--threads 2] [--seed 1] [--out plan.json]';

/** `doorstep route`: plans a day from a file in our own format, field-service JSON or Solomon text. */
export async function route(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      in: { type: 'string' },
      out: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seconds = Number(values.seconds);
  const threads = Number(values.threads);
  if (!values.in) return fail(`--in is needed: ${USAGE}`);
  if (!(seconds > 0)) return fail('--seconds must be a number above 0');
  if (!(Number.isInteger(threads) && threads >= 1))
    return fail('--threads must be a whole number of at least 1');
  try {
    const { problem } = readProblem(readFileSync(values.in, 'utf8'));
    const pool = new RoutingPool(threads, spawnIsland);
    const { plan } = await pool.solve(problem, {
      budget: { milliseconds: seconds * 1000 },
      seed: Number(values.seed),
    });
    await pool.close();
    const faults = checkPlan(problem, plan);
    if (faults.length > 0)
      return fail(`the checker refuses this plan: ${JSON.stringify(faults.slice(0, 5))}`);
    if (values.out) writeFileSync(values.out, `${JSON.stringify(plan, null, 1)}\n`);
    const jobs = plan.routes.reduce((sum, r) => sum + r.stops.filter((s) => s.kind === 'job').length, 0);
    const travel = plan.routes.reduce((sum, r) => sum + r.facts.travelSeconds, 0);
    console.log(
      `${plan.routes.length} routes, ${jobs} stops, ${plan.unassigned.length} unassigned, travel ${Math.round(travel)} s, checked`,
    );
    for (const u of plan.unassigned) {
      const [r] = u.reasons;
      console.log(
        `  ${u.job}: nearest worker ${r?.worker}: ${r?.rule} ${r?.actual} against ${r?.limit} ${r?.unit}`,
      );
    }
  } catch (error) {
    const known = error instanceof DomainError || (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!known) throw error;
    fail((error as Error).message);
  }
}

function fail(message: string): void {
  console.error(`route: ${message}`);
  process.exitCode = 1;
}

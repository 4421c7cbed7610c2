import type { TestCity } from '../support/city.js';
import { type Client, eventually } from '../support/client.js';

export interface Stop {
  jobId: string;
  workerId: string;
  startsAt: string;
  arrivesAt: string;
  endsAt: string;
  travelSeconds: number;
  change: string;
  pinned: string | null;
}

/** What the server states: see `Stated` in the dispatch library. */
export interface CodedMessage {
  code: string;
  values: Record<string, number | string | null>;
  detail: string;
}

export interface Plan {
  id: string;
  version: number;
  state: string;
  error: CodedMessage | null;
  proposal: {
    stops: Stop[];
    totals: Record<'before' | 'after', { stops: number; unassigned: number; travelSeconds: number }>;
    unassigned: { jobId: string; reasons: { workerId: string; rule: string }[] }[];
    leftOut: { jobId: string; rule: string; detail: string }[];
    assumptions: CodedMessage[];
  };
}

export const ask = async (city: TestCity, wish: object = {}) => {
  const answer = await city.org.as.dispatcher.post<Plan>('day-plans', {
    areaId: city.areaId,
    date: '2026-03-03',
    seconds: 0.3,
    ...wish,
  });
  expect(answer.status).toBe(202);
  return answer.body.id;
};

export const settled = (client: Client, id: string) =>
  eventually(async () => {
    const { body } = await client.get<Plan>(`day-plans/${id}`);
    return ['queued', 'planning'].includes(body.state) ? null : body;
  }, 30_000);

export const proposed = async (city: TestCity, wish: object = {}) => {
  const plan = await settled(city.org.as.dispatcher, await ask(city, wish));
  expect([plan.state, plan.error]).toEqual(['proposed', null]);
  return plan;
};

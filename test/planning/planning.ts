import type { TestCity } from '../support/city.js';
import { type Client, eventually } from '../support/client.js';
import type { View } from '../support/views.js';

export type Stop = View<'StopView'>;

export type CodedMessage = View<'CodedMessageView'>;

/** Where one is asked for, it has a proposal. */
export type Plan = View<'PlanView'> & { proposal: View<'ProposalView'> };

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

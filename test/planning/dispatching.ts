import type { TestApp } from '../support/app.js';
import type { TestCity, TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import type { View } from '../support/views.js';

export type OfferView = View<'OfferView'>;

export type Decision = View<'DecisionView'>;

export const offersOf = async (worker: TestWorker) =>
  (await worker.client.get<{ items: OfferView[] }>('me/offers')).body.items;

export const offerFor = (worker: TestWorker, jobId: string) =>
  eventually(async () => (await offersOf(worker)).find((offer) => offer.jobId === jobId));

const decisionOf = async (city: TestCity, jobId: string) =>
  (await city.org.as.dispatcher.get<Decision>(`jobs/${jobId}/decision`)).body;

/** The decision once it is as `until` wants it. */
export const decided = (city: TestCity, jobId: string, until: (decision: Decision) => boolean) =>
  eventually(async () => {
    const decision = await decisionOf(city, jobId);
    return until(decision) ? decision : null;
  });

export const setPolicy = async (city: TestCity, body: object, serviceTypeId?: string) => {
  const answer = await city.org.as.admin.put<{ version: number }>('dispatch-policies', {
    body,
    ...(serviceTypeId ? { serviceTypeId } : {}),
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};

export const pass = (app: TestApp, seconds: number) =>
  app.clock.set({ at: new Date(app.clock.now().getTime() + seconds * 1_000) });

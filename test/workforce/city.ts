import { newId } from '#kernel';
import type { TestApp, TestOrganization } from '../support/app.js';
import { type Client, eventually } from '../support/client.js';

export interface WorkerBody {
  id: string;
  version: number;
  name: string;
  phone: string | null;
  status: string;
  [key: string]: unknown;
}

/** A worker row for the organisation's `worker` account, signed in as that worker. */
export async function workerWithPhone(
  app: TestApp,
  org: TestOrganization,
  body: object = {},
): Promise<{ worker: WorkerBody; phone: Client }> {
  const userId = org.users.worker.id;
  const answer = await org.as.dispatcher.post<WorkerBody>('workers', {
    name: 'Maria Lopez',
    userId,
    ...body,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const phone = await eventually(async () => {
    const client = await app.signIn(org.users.worker.email);
    const me = await client.get<{ workerId: string | null }>('me');
    return me.body.workerId === answer.body.id && client;
  });
  return { worker: answer.body, phone };
}

export const newWorker = async (org: TestOrganization, body: object = {}): Promise<WorkerBody> =>
  (await org.as.dispatcher.post<WorkerBody>('workers', { name: `W ${newId().slice(-6)}`, ...body })).body;

import { io, type Socket } from 'socket.io-client';
import { call } from '../../../apps/simulator/src/client/http.js';
import type { LiveFact } from '../../../apps/simulator/src/client/live.js';
import { inParallel } from './figures.js';
import { type BenchWorker, PASSWORD } from './people.js';

export const signIn = async (url: string, email: string): Promise<string> =>
  (
    await call<{ accessToken: string }>(url, 'sessions', {
      method: 'POST',
      body: { email, password: PASSWORD },
      key: null,
      patienceMs: 60_000,
    })
  ).accessToken;

/** An open socket of the live channel that hands on facts as they come. */
export function openSocket(
  url: string,
  token: string,
  onFacts: (facts: LiveFact[]) => void,
): Promise<Socket> {
  const socket = io(`${url}/live`, { transports: ['websocket'], forceNew: true, auth: { token } });
  socket.on('facts', onFacts);
  return new Promise((resolve, reject) => {
    socket.once('ready', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

export interface Phone {
  worker: BenchWorker;
  socket: Socket;
  seq: number;
}

/** A phone with a socket for every worker. */
export async function openPhones(
  url: string,
  workers: readonly BenchWorker[],
  onFact: (fact: LiveFact) => void,
): Promise<Phone[]> {
  const phones: Phone[] = [];
  await inParallel(workers, 16, async (worker) => {
    const token = await signIn(url, worker.email);
    const socket = await openSocket(url, token, (facts) => facts.forEach(onFact));
    phones.push({ worker, socket, seq: 0 });
  });
  return phones;
}

/** One fix, acknowledged. */
export async function sendFix(phone: Phone): Promise<void> {
  const { lat, lon } = phone.worker.place;
  const fix = { seq: ++phone.seq, lat, lon, accuracyMetres: 5, fixAt: Date.now() };
  const answer = (await phone.socket
    .timeout(60_000)
    .emitWithAck('positions', { deviceId: 'bench', fixes: [fix] })) as {
    ok: boolean;
  };
  if (!answer.ok) throw new Error(`positions: ${JSON.stringify(answer)}`);
}

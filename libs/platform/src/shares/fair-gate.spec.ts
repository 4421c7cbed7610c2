import { FairGate, type GateLimits } from './fair-gate.js';

const roomy: GateLimits = {
  total: 100,
  perOrganization: 100,
  perCaller: 100,
  maxWaiting: 100,
  maxWaitingPerOrganization: 100,
  maxWaitingPerCaller: 100,
  maxWaitMs: 60_000,
};
const sharer = (name: string) => ({ organization: name[0]!, caller: name });

/** Asks for all at once; answers who is let in, in order, each leaving when told. */
function crowd(limits: Partial<GateLimits>) {
  const gate = new FairGate({ ...roomy, ...limits });
  const admitted: string[] = [];
  const leaves: (() => void)[] = [];
  const refused: string[] = [];
  const ask = (name: string, weight?: number, signal?: AbortSignal) =>
    gate.enter(sharer(name), { weight, signal }).then(
      (leave) => {
        admitted.push(name);
        leaves.push(leave);
      },
      (error: { code?: string }) => refused.push(`${name} ${error.code ?? String(error)}`),
    );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { gate, admitted, leaves, refused, ask, settle };
}

describe('a fair gate', () => {
  it('keeps one caller and one organisation within their shares, and lets others in meanwhile', async () => {
    const { admitted, leaves, ask, settle } = crowd({ perOrganization: 3, perCaller: 2 });
    for (const name of ['a1', 'a1', 'a1', 'a2', 'a3', 'b1']) void ask(name);
    await settle();
    expect(admitted).toEqual(['a1', 'a1', 'a2', 'b1']);
    leaves[0]!();
    leaves[0]!();
    await settle();
    expect(admitted.slice(4)).toEqual(['a3']);
    leaves[2]!();
    await settle();
    expect(admitted.slice(5)).toEqual(['a1']);
  });

  it('serves the organisation with the least inside first, not the one that asked most', async () => {
    const { admitted, leaves, ask, settle } = crowd({ total: 2 });
    for (const name of ['a1', 'a1', 'a1', 'a1', 'b1', 'a2', 'c1']) void ask(name);
    await settle();
    for (let at = 0; at < 7; at++) {
      leaves[at]?.();
      await settle();
    }
    expect(admitted.slice(0, 2)).toEqual(['a1', 'a1']);
    expect(admitted.slice(2)).toEqual(['b1', 'a1', 'c1', 'a1', 'a2']);
  });

  it('refuses who has too many waiting, and everybody when the queue is full', async () => {
    const { gate, refused, ask, settle } = crowd({ total: 1, maxWaitingPerCaller: 2, maxWaiting: 3 });
    for (const name of ['a1', 'a1', 'a1', 'a1', 'b1', 'c1']) void ask(name);
    await settle();
    expect(refused).toEqual(['a1 TOO_MANY_AT_ONCE', 'c1 OVERLOADED']);
    expect(gate.load).toEqual({ inside: 1, waiting: 3 });
  });

  it('counts weights, does not let light ones overtake a heavy one for ever, and takes what is too heavy alone', async () => {
    const { admitted, leaves, ask, settle } = crowd({ total: 10 });
    for (const [name, weight] of [
      ['a1', 6],
      ['b1', 8],
      ['c1', 2],
      ['d1', 900],
    ] as const)
      void ask(name, weight);
    await settle();
    expect(admitted).toEqual(['a1']);
    for (let at = 0; at < 4; at++) {
      leaves[at]?.();
      await settle();
    }
    expect(admitted).toEqual(['a1', 'b1', 'c1', 'd1']);
  });

  it('forgets who gave up waiting', async () => {
    const { gate, refused, ask, settle } = crowd({ total: 1 });
    const gone = new AbortController();
    void ask('a1');
    void ask('b1', 1, gone.signal);
    gone.abort(new Error('gone'));
    await settle();
    expect(refused).toEqual(['b1 Error: gone']);
    expect(gate.load).toEqual({ inside: 1, waiting: 0 });
  });
});

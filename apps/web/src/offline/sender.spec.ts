import { savedOffers, saveOffers } from './answers';
import { overlay } from './optimistic';
import { Sender } from './sender';
import { answer, FakeCarrier, freshDb, jobAt, logOf, offer, operation, proof } from './testing';

function stage() {
  const db = freshDb();
  const carrier = new FakeCarrier();
  return { db, carrier, log: logOf(db), sender: new Sender(db, carrier, 'phone', () => 0) };
}
const OFFLINE = { ok: false, status: 0, code: 'OFFLINE', detail: '' } as const;

describe('sending', () => {
  it('carries everything over, in order, and is then done with it', async () => {
    const { db, carrier, log, sender } = stage();
    for (const kind of ['depart', 'arrive', 'start'] as const) await log.record(operation(kind));
    await log.record(proof('photo', 'p1'), {
      photo: { id: 'p1', bytes: new ArrayBuffer(2), mediaType: 'image/jpeg', originalSha256: null },
      proof: { id: 'p1', jobId: 'job-1', kind: 'photo' },
    });
    await log.record(operation('complete'));
    await log.record({ type: 'status', kind: 'off_duty', jobId: null });
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect(carrier.parcels).toEqual([
      ['depart', 'arrive', 'start'],
      ['proof photo'],
      ['complete'],
      ['status off_duty'],
    ]);
    expect([await db.log.count(), await db.photos.count()]).toEqual([0, 0]);
    expect(await db.proofs.get('p1')).toMatchObject({ sent: 1 });
  });

  it('learns the new state of the job in the same moment as the step is done', async () => {
    const { db, carrier, log, sender } = stage();
    await db.jobs.add(jobAt('assigned'));
    await log.record(operation('depart'));
    carrier.replies.push(([sent]) => ({
      ok: true,
      body: { results: [{ opId: sent!.opId, outcome: 'applied', state: 'en_route', version: 4 }] },
    }));
    await sender.drain();
    expect(await db.jobs.get('job-1')).toMatchObject({ state: 'en_route', version: 4 });
  });

  it('keeps all of it while nobody answers, and sends it under the same names later', async () => {
    const { db, carrier, log, sender } = stage();
    const { opId } = await log.record(operation('depart'));
    await log.record(operation('arrive'));
    carrier.replies.push(OFFLINE, { ok: false, status: 503, code: 'X', detail: '', retryAfterMs: 7_000 });
    expect(await sender.drain()).toMatchObject({ state: 'unreachable' });
    expect(await sender.drain()).toEqual({ state: 'unreachable', retryAfterMs: 7_000 });
    expect(await log.withdraw(1)).toBe(false);
    let names: string[] = [];
    carrier.replies.push((sent) => {
      names = sent.map((one) => one.opId);
      return { ok: true, body: { results: names.map((id) => ({ opId: id, outcome: 'replayed' })) } };
    });
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect(names[0]).toBe(opId);
    expect(await db.log.count()).toBe(0);
  });

  it('can still be taken back as long as it certainly never left', async () => {
    const { db, carrier, log, sender } = stage();
    await log.record(operation('depart'));
    carrier.replies.push({ ...OFFLINE, untried: true });
    expect(await sender.drain()).toMatchObject({ state: 'unreachable' });
    expect((await db.log.get(1))!.state).toBe('waiting');
    carrier.replies.push(OFFLINE, { ...OFFLINE, untried: true });
    await sender.drain();
    // Once it may have arrived, a later try that did not leave says nothing about the first.
    await sender.drain();
    expect(await log.withdraw(1)).toBe(false);
    await log.record(operation('arrive'));
    carrier.replies.push({ ...OFFLINE, untried: true });
    await sender.drain();
    expect(await log.withdraw(2)).toBe(true);
    expect(await db.log.count()).toBe(1);
  });

  it('stops without losing anything when the log-in has ended or the account is refused', async () => {
    const { db, carrier, log, sender } = stage();
    await log.record(operation('depart'));
    carrier.replies.push({ ok: false, status: 401, code: 'SIGNED_OUT', detail: '' });
    expect(await sender.drain()).toEqual({ state: 'signed_out' });
    carrier.replies.push({ ok: false, status: 403, code: 'FORBIDDEN', detail: '' });
    expect(await sender.drain()).toEqual({ state: 'refused', code: 'FORBIDDEN' });
    expect(await db.log.count()).toBe(1);
  });

  it('asks about what is refused, holds what stands behind it, and goes on with other jobs', async () => {
    const { db, carrier, log, sender } = stage();
    await log.record(operation('complete'));
    await log.record(operation('note'));
    await log.record(operation('depart', 'job-2'));
    carrier.replies.push((sent) => ({
      ok: true,
      body: {
        results: sent.map(({ opId, kind, jobId }) =>
          jobId === 'job-2'
            ? { opId, outcome: 'applied' }
            : {
                opId,
                outcome: 'rejected',
                problem: { code: kind === 'complete' ? 'PROOF_MISSING' : 'BEHIND_REJECTED', detail: '' },
              },
        ),
      },
    }));
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect((await db.log.toArray()).map(({ kind, state }) => [kind, state])).toEqual([
      ['complete', 'rejected'],
      ['note', 'waiting'],
    ]);
    await log.again(1);
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect(await db.log.count()).toBe(0);
  });

  it('opens the visit again at once when proof that it needs was not taken, until other proof is there', async () => {
    const { db, carrier, log, sender } = stage();
    await db.jobs.add(jobAt('in_progress', { proofRequired: ['photo'] }));
    const prove = (proofId: string) =>
      log.record(proof('photo', proofId), { proof: { id: proofId, jobId: 'job-1', kind: 'photo' } });
    await prove('heic');
    await log.record(operation('complete'));
    await log.record(operation('note'));
    carrier.replies.push({ ok: false, status: 422, code: 'INVALID', detail: 'file is a HEIC picture' });
    await sender.drain();
    const entries = async () => (await db.log.toArray()).map(({ kind, state }) => [kind, state]);
    expect(await entries()).toEqual([
      ['photo', 'rejected'],
      ['note', 'waiting'],
    ]);
    expect(await db.proofs.toArray()).toMatchObject([{ id: 'heic', refused: 1 }]);
    expect(overlay(jobAt('in_progress'), await db.log.toArray()).state).toBe('in_progress');
    await prove('jpeg');
    await log.replaceRefused('job-1', 'photo');
    await log.record(operation('complete'));
    await sender.drain();
    expect(carrier.parcels.slice(1)).toEqual([['note'], ['proof photo'], ['complete']]);
    expect(await entries()).toEqual([]);
    expect(await db.proofs.toArray()).toMatchObject([{ id: 'jpeg', sent: 1 }]);
  });

  it('leaves a visit complete that has other proof of the kind', async () => {
    const { db, carrier, log, sender } = stage();
    await db.jobs.add(jobAt('in_progress', { proofRequired: ['photo'] }));
    for (const id of ['good', 'bad'])
      await log.record(proof('photo', id), { proof: { id, jobId: 'job-1', kind: 'photo' } });
    await log.record(operation('complete'));
    carrier.replies.push({ ok: true, body: {} }, { ok: false, status: 422, code: 'INVALID', detail: '' });
    await sender.drain();
    expect((await db.log.toArray()).map(({ kind }) => kind)).toEqual(['photo', 'complete']);
  });

  it('notes what the server parked for the desk', async () => {
    const { db, carrier, log, sender } = stage();
    await db.jobs.add(jobAt('cancelled'));
    await log.record(operation('depart'));
    carrier.replies.push(([sent]) => ({
      ok: true,
      body: {
        results: [
          { opId: sent!.opId, outcome: 'parked', conflictId: 'c1', problem: { code: 'ILLEGAL_TRANSITION' } },
        ],
      },
    }));
    await sender.drain();
    expect(await db.conflicts.toArray()).toMatchObject([
      { id: 'c1', kind: 'depart', code: 'ILLEGAL_TRANSITION' },
    ]);
    expect(await db.log.count()).toBe(0);
  });

  it('is done with an offer in the same moment as with the answer; a no that came too late is no question', async () => {
    const { db, carrier, log, sender } = stage();
    await saveOffers(db, [offer('yes', 'job-1'), offer('no', 'job-2'), offer('open', 'job-3')], 0);
    await log.answer(answer('accept', 'yes', 'job-1'));
    await log.answer(answer('decline', 'no', 'job-2'));
    carrier.replies.push((sent) => ({
      ok: true,
      body: {
        results: sent.map(({ opId }) => ({
          opId,
          outcome: 'rejected',
          problem: { code: 'OFFER_EXPIRED', detail: 'The time to answer has run out.' },
        })),
      },
    }));
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect(await db.log.toArray()).toMatchObject([
      { kind: 'accept', state: 'rejected', problem: { code: 'OFFER_EXPIRED' } },
    ]);
    expect((await savedOffers(db)).map(({ id }) => id)).toEqual(['open']);
    // A refused yes stands in nobody's way.
    await log.record(operation('depart'));
    await sender.drain();
    expect(carrier.parcels.at(-1)).toEqual(['depart']);
  });

  it('keeps the offer while nobody has heard the answer', async () => {
    const { db, carrier, log, sender } = stage();
    await saveOffers(db, [offer('offer-1')], 0);
    await log.answer(answer('accept'));
    carrier.replies.push(OFFLINE);
    await sender.drain();
    expect([await db.log.count(), (await savedOffers(db)).length]).toEqual([1, 1]);
  });

  it('finds the one that spoils a whole request', async () => {
    const { db, carrier, log, sender } = stage();
    await log.record(operation('depart'));
    await log.record(operation('note', 'job-2'));
    const unreadable = { ok: false, status: 422, code: 'INVALID', detail: 'x' } as const;
    carrier.replies.push(unreadable, unreadable);
    expect(await sender.drain()).toEqual({ state: 'idle' });
    expect(carrier.parcels).toEqual([['depart', 'note'], ['depart'], ['note']]);
    expect((await db.log.toArray()).map((entry) => [entry.kind, entry.state])).toEqual([
      ['depart', 'rejected'],
    ]);
  });

  it('does not turn in circles over an answer that says nothing', async () => {
    const { db, carrier, log, sender } = stage();
    await log.record(operation('depart'));
    carrier.replies.push({ ok: true, body: {} });
    expect(await sender.drain()).toEqual({ state: 'unreachable' });
    expect((await db.log.get(1))?.state).toBe('sending');
  });
});

import { randomUUID } from 'node:crypto';
import type { Random } from '#kernel';
import type { ProofKind } from '../model/acts.js';
import { pick } from '../model/chance.js';
import type { Account } from './account.js';
import { scribble } from './pictures.js';

const NOTES = [
  'All in order.',
  'Done as agreed; the resident was there.',
  'Seal replaced, tested twice.',
  'Left clean.',
];
const SIGNERS = ['Mrs Lin', 'Mr Gao', 'Ms Shen', 'Mr He', 'Mrs Tang'];

/** Takes the photograph, holds out the phone for the signature, writes the note. */
export class ProofSender {
  constructor(
    private readonly account: Account,
    private readonly random: Random,
    private readonly photos: readonly Blob[],
  ) {}

  async send(jobId: string, kind: ProofKind, at: number): Promise<void> {
    const occurredAt = new Date(at).toISOString();
    const id = randomUUID();
    if (kind === 'photo') {
      const form = new FormData();
      form.set('id', id);
      form.set('kind', kind);
      form.set('occurredAt', occurredAt);
      form.set('file', pick(this.random, this.photos), 'photo.jpg');
      await this.account.post(`jobs/${jobId}/proof`, form);
      return;
    }
    const content =
      kind === 'signature'
        ? { strokes: scribble(this.random), signer: pick(this.random, SIGNERS) }
        : { text: pick(this.random, NOTES) };
    await this.account.post(`jobs/${jobId}/proof`, { id, kind, occurredAt, ...content });
  }
}

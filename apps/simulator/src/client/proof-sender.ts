import { randomUUID } from 'node:crypto';
import type { ProofKind, Random } from '#kernel';
import { pick } from '../model/chance.js';
import type { Account } from './account.js';
import { drawPhoto, scribble } from './pictures.js';

const NOTES = [
  'All in order.',
  'Done as agreed; the resident was there.',
  'Seal replaced, tested twice.',
  'Left clean.',
];
const SIGNERS = ['Mrs Lin', 'Mr Gao', 'Ms Shen', 'Mr He', 'Mrs Tang'];

const REUSED = 0.02;

/** Takes the photograph, holds out the phone for the signature, writes the note. */
export class ProofSender {
  private last: Blob | null = null;

  constructor(
    private readonly account: Account,
    private readonly random: Random,
  ) {}

  async send(jobId: string, kind: ProofKind, at: number): Promise<void> {
    const occurredAt = new Date(at).toISOString();
    const id = randomUUID();
    if (kind === 'photo') {
      const form = new FormData();
      form.set('id', id);
      form.set('kind', kind);
      form.set('occurredAt', occurredAt);
      form.set('file', await this.photo(at), 'photo.jpg');
      await this.account.post(`jobs/${jobId}/proof`, form);
      return;
    }
    const content =
      kind === 'signature'
        ? { strokes: scribble(this.random), signer: pick(this.random, SIGNERS) }
        : { text: pick(this.random, NOTES) };
    await this.account.post(`jobs/${jobId}/proof`, { id, kind, occurredAt, ...content });
  }

  /** Now and then somebody sends the photo of the visit before. */
  private async photo(at: number): Promise<Blob> {
    if (!this.last || this.random() >= REUSED) this.last = await drawPhoto(this.random, at);
    return this.last;
  }
}

import type { Page } from '../../api/call';
import type { Reply } from '../../offline/queue';
import type { Transport } from '../../offline/transport';

export interface Offer {
  id: string;
  jobId: string;
  state: string;
  wave: number;
  offeredAt: string;
  expiresAt: string;
  distanceMetres: number | null;
  travelSeconds: number | null;
  why: string;
  job: {
    id: string;
    address: string;
    lat: number;
    lon: number;
    durationSeconds: number;
    priority: number;
    windowStart: string | null;
    windowEnd: string | null;
    serviceTypeId: string | null;
  };
}

/**
 * What is offered now. The one thing that cannot wait in the log: a job has one winner, and who that is only the server
 * can say.
 */
export class OfferBox {
  constructor(
    private readonly transport: Transport,
    private readonly onChange: (offers: Offer[]) => void,
  ) {}

  async refresh(): Promise<void> {
    const reply = await this.transport.request('GET', '/me/offers');
    if (reply.ok) this.onChange((reply.body as Page<Offer>).items);
  }

  async accept(offer: Offer): Promise<Reply> {
    const reply = await this.transport.request('POST', `/offers/${offer.id}/accept`, {
      body: {},
      key: `accept/${offer.id}`,
    });
    await this.refresh();
    return reply;
  }

  async decline(offer: Offer, reason: string): Promise<Reply> {
    const reply = await this.transport.request('POST', `/offers/${offer.id}/decline`, {
      body: { reason },
      key: `decline/${offer.id}`,
    });
    await this.refresh();
    return reply;
  }
}

import { Injectable } from '@nestjs/common';
import { JournalStates, ParkedFacts, type Tx } from '#platform';
import type { Row } from './alerts.service.js';

/** As many as one can look at; what is wrong is wrong for all of them. */
const MAX_ALERTS = 50;

/** What stands still inside the installation: an administrator has to decide. */
@Injectable()
export class SystemAlertsService {
  constructor(
    private readonly parked: ParkedFacts,
    private readonly states: JournalStates,
  ) {}

  async list(tx: Tx): Promise<Row[]> {
    const parked = await this.parked.parked(tx, MAX_ALERTS);
    const state = await this.states.of(tx);
    const about = { jobId: null, workerId: null, areaId: null, seconds: null };
    const ofLog = (kind: 'log_stalled' | 'log_broken', since: Date, detail: string): Row => ({
      ...about,
      kind,
      subject: tx.orgId,
      since,
      detail,
    });
    return [
      ...parked.map(
        (one): Row => ({
          ...about,
          kind: 'fact_parked',
          subject: one.id,
          since: one.since,
          detail: `${one.handler}: ${one.type} (fact ${one.seq})`,
        }),
      ),
      ...(state.relaySince ? [ofLog('log_stalled', state.relaySince, state.relayError ?? '')] : []),
      ...(state.faultSince && state.fault
        ? [ofLog('log_broken', state.faultSince, `fact ${state.fault.seq}: ${state.fault.problem}`)]
        : []),
    ];
  }
}

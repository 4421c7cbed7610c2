import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { JournalStates } from '../facts/journal-states.js';
import { ParkedFacts } from '../facts/parked-facts.js';
import { defineAlert, type FoundAlert } from './alert.js';
import { AlertSources } from './alert-sources.js';

/** As many as one can look at; what is wrong is wrong for all of them. */
const MAX_PARKED = 50;

/** Only an administrator can do something about these, and they may quote an error. */
const forAdministrators = { masked: 'plain', readAs: 'System' } as const;
const factParked = defineAlert('fact_parked', forAdministrators);
const logStalled = defineAlert('log_stalled', forAdministrators);
const logBroken = defineAlert('log_broken', forAdministrators);

/** What stands still inside the installation: an administrator has to decide. */
@Injectable()
export class SystemAlerts implements OnModuleInit {
  constructor(
    private readonly sources: AlertSources,
    private readonly parked: ParkedFacts,
    private readonly states: JournalStates,
  ) {}

  onModuleInit(): void {
    this.sources.register({ name: 'system', list: (tx) => this.list(tx) });
  }

  private async list(tx: Tx): Promise<FoundAlert[]> {
    const parked = await this.parked.parked(tx, MAX_PARKED);
    const state = await this.states.of(tx);
    const about = { jobId: null, workerId: null, areaId: null, seconds: null };
    const ofLog = (kind: string, since: Date, detail: string): FoundAlert => ({
      ...about,
      kind,
      subject: tx.orgId,
      since,
      detail,
    });
    return [
      ...parked.map(
        (one): FoundAlert => ({
          ...about,
          kind: factParked,
          subject: one.id,
          since: one.since,
          detail: `${one.handler}: ${one.type} (fact ${one.seq})`,
        }),
      ),
      ...(state.relaySince ? [ofLog(logStalled, state.relaySince, state.relayError ?? '')] : []),
      ...(state.faultSince && state.fault
        ? [ofLog(logBroken, state.faultSince, `fact ${state.fault.seq}: ${state.fault.problem}`)]
        : []),
    ];
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { defineAlert, type FoundAlert } from './alert.js';

export interface AlertSource {
  /** The stage, as the log names it. */
  name: string;
  /** What it finds now, at most `most`, the newest first: one statement over its own tables where that is possible. */
  list(tx: Tx, most: number): Promise<FoundAlert[]>;
}

/** Of one source. More than anybody can look at. */
const MAX_ALERTS = 500;

const alertsIncomplete = defineAlert('alerts_incomplete', { masked: 'plain', readAs: 'System' });

/**
 * Where alerts come from: each stage asks for those of its own. A source that fails hides only its own; instead of them
 * administrators see that they are missing.
 */
@Injectable()
export class AlertSources {
  private readonly logger = new Logger(AlertSources.name);
  private readonly sources: AlertSource[] = [];
  /** By organisation: since when something has been missing, as this process knows it. */
  private readonly incomplete = new Map<string, Date>();

  /** Stages call this from `onModuleInit`. */
  register(source: AlertSource): void {
    this.sources.push(source);
  }

  /** Of all sources, in no order. */
  async list(tx: Tx): Promise<FoundAlert[]> {
    try {
      const found = await tx.attempt(() => this.ask(tx));
      this.incomplete.delete(tx.orgId);
      return found;
    } catch {
      return this.askOneByOne(tx);
    }
  }

  private async ask(tx: Tx): Promise<FoundAlert[]> {
    const found: FoundAlert[] = [];
    for (const source of this.sources) found.push(...(await source.list(tx, MAX_ALERTS)));
    return found;
  }

  /** Slower: what fails must leave the transaction usable for the others. */
  private async askOneByOne(tx: Tx): Promise<FoundAlert[]> {
    const found: FoundAlert[] = [];
    const failed: string[] = [];
    for (const { name, list } of this.sources)
      try {
        found.push(...(await tx.attempt(() => list(tx, MAX_ALERTS))));
      } catch (error) {
        this.logger.error(`the alerts of ${name} are missing: ${String(error)}`, (error as Error).stack);
        failed.push(name);
      }
    if (failed.length > 0) found.push(this.missing(tx, failed));
    return found;
  }

  private missing(tx: Tx, failed: readonly string[]): FoundAlert {
    const since = this.incomplete.get(tx.orgId) ?? tx.now;
    this.incomplete.set(tx.orgId, since);
    const about = { jobId: null, workerId: null, areaId: null, seconds: null };
    return { ...about, kind: alertsIncomplete, subject: tx.orgId, since, detail: failed.join(', ') };
  }
}

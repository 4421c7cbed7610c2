import { Injectable } from '@nestjs/common';
import { isAllowed, seesMasked } from '#identity';
import { NotFound } from '#kernel';
import { AlertSources, alertRules, defineFact, type FoundAlert, type Principal, type Tx } from '#platform';
import { AlertMark } from './alert-mark.entity.js';

export interface Alert extends Omit<FoundAlert, 'subject'> {
  /** Stable while the cause lasts: kind and subject. */
  key: string;
  state: 'open' | 'acknowledged' | 'snoozed';
}

export interface Mark {
  /** `open` takes an earlier mark back. */
  state: Alert['state'];
  seconds?: number;
}

/** More than anybody can look at. What only some may see is not counted. */
const MAX_ALERTS = 500;

/** Somebody marked an alert; the other desks hear of it. */
const alertMarked = defineFact<{ alert: string; state: string; until: string | null }>('alert.marked', {
  office: 'whole',
  readAs: 'Assignment',
});

/** What a dispatcher should look at now. Nothing is stored of it but what dispatchers did about it. */
@Injectable()
export class AlertsService {
  constructor(private readonly sources: AlertSources) {}

  /** As the caller may see them, newest first; before them those that not everybody may see. */
  async list(tx: Tx, caller: Principal): Promise<Alert[]> {
    const found = (await this.sources.list(tx)).sort((a, b) => b.since.getTime() - a.since.getTime());
    const readAs = ({ kind }: FoundAlert) => alertRules(kind).readAs;
    const special = found.filter((one) => readAs(one) && isAllowed(caller, 'read', readAs(one)!));
    const usual = found.filter((one) => !readAs(one)).slice(0, MAX_ALERTS);
    const marks = new Map((await tx.repo(AlertMark).find()).map((mark) => [mark.alert, mark]));
    return [...special, ...usual].map(({ subject, ...alert }) => {
      const key = `${alert.kind}:${subject}`;
      const mark = marks.get(key);
      const holds =
        mark &&
        mark.at >= alert.since &&
        (mark.state === 'acknowledged' || (mark.until && mark.until > tx.now));
      return { ...alert, detail: detailFor(caller, alert), key, state: holds ? mark.state : 'open' };
    });
  }

  /** @throws NotFound when the cause is gone. */
  async mark(tx: Tx, caller: Principal, key: string, mark: Mark): Promise<Alert> {
    const [alert] = await this.markAll(tx, caller, [key], mark);
    if (!alert) throw new NotFound('alert');
    return alert;
  }

  /** Those whose cause is gone meanwhile are left out. */
  async markAll(
    tx: Tx,
    caller: Principal,
    keys: readonly string[],
    { state, seconds }: Mark,
  ): Promise<Alert[]> {
    const wanted = new Set(keys);
    const alerts = (await this.list(tx, caller)).filter((one) => wanted.has(one.key));
    const until = seconds === undefined ? null : new Date(tx.now.getTime() + seconds * 1_000);
    for (const { key } of alerts) {
      if (state === 'open') await tx.repo(AlertMark).delete({ orgId: tx.orgId, alert: key });
      else
        await tx
          .repo(AlertMark)
          .upsert({ orgId: tx.orgId, alert: key, state, until, byUser: caller.id, at: tx.now }, [
            'orgId',
            'alert',
          ]);
      tx.record(
        alertMarked(key.slice(key.indexOf(':') + 1), {
          alert: key,
          state,
          until: until?.toISOString() ?? null,
        }),
      );
    }
    return alerts.map((alert) => ({ ...alert, state }));
  }
}

function detailFor({ role }: Principal, { kind, detail }: Pick<FoundAlert, 'kind' | 'detail'>): string {
  const { masked } = alertRules(kind);
  return masked === 'plain' || !seesMasked(role) ? detail : masked(detail);
}

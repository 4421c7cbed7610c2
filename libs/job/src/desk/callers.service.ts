import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { Job } from '../lifecycle/job.entity.js';
import { type CallerView } from './caller.dto.js';
import { callerPrefix } from './caller-key.js';
import { callersOf } from './callers-of.js';

const MAX_JOBS = 200;
/** Greater than every digit, and so than every key with the prefix. */
const AFTER_DIGITS = ':';

/** Who is calling: the people and doors that a telephone number was given for. */
@Injectable()
export class CallersService {
  /** Callers whose number ends like `phone`, who called last first; nobody for less than four digits. */
  async find(tx: Tx, phone: string): Promise<CallerView[]> {
    const prefix = callerPrefix(phone);
    if (prefix === null) return [];
    const jobs = await tx
      .repo(Job)
      .createQueryBuilder('job')
      .where('job.org_id = :orgId', { orgId: tx.orgId })
      .andWhere(`job.caller_key COLLATE "C" >= :from AND job.caller_key COLLATE "C" < :to`, {
        from: prefix,
        to: prefix + AFTER_DIGITS,
      })
      .orderBy('job.createdAt', 'DESC')
      .addOrderBy('job.id', 'DESC')
      .limit(MAX_JOBS)
      .getMany();
    return callersOf(jobs);
  }
}

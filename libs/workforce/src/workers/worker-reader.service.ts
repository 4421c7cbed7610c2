import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { phoneDigits, type WorkerStatus } from '#kernel';
import { decodeCursor, encodeCursor, type Page, type Tx } from '#platform';
import type { HeldSkill } from '../candidates/candidate.js';
import type { WorkerView } from './worker.dto.js';
import { Worker, WorkerSkill } from './worker.entity.js';
import { toWorkerView } from './worker.views.js';

export interface WorkerFilter {
  limit: number;
  cursor?: string;
  status?: readonly WorkerStatus[];
  areaId?: string;
  skill?: string;
  search?: string;
  silent?: boolean;
}

/** Workers as the desk reads them: filtered pages with their skills. */
@Injectable()
export class WorkerReaderService {
  async page(tx: Tx, filter: WorkerFilter, role: string): Promise<Page<WorkerView>> {
    const { limit, cursor, status, areaId, skill, search, silent } = filter;
    const find = tx.repo(Worker).createQueryBuilder('w').where('w.archived_at IS NULL');
    if (status) find.andWhere('w.status IN (:...status)', { status });
    if (areaId) find.andWhere(`(w.home_area_ids = '{}' OR :areaId = ANY(w.home_area_ids))`, { areaId });
    if (skill)
      find.andWhere(
        'EXISTS (SELECT 1 FROM worker_skills s WHERE s.org_id = w.org_id AND s.worker_id = w.id AND s.skill = :skill)',
        { skill },
      );
    if (silent !== undefined) find.andWhere(`w.silent_since IS ${silent ? 'NOT ' : ''}NULL`);
    if (search)
      find.andWhere(
        `(search_text(w.name) LIKE search_pattern(:search) OR search_text(w.external_ref) LIKE search_pattern(:search)
          OR w.phone LIKE '%' || :digits::text || '%')`,
        { search, digits: phoneDigits(search) },
      );
    if (cursor) {
      const [name, id] = decodeCursor(cursor, 'text', 'id');
      find.andWhere('(w.name, w.id) > (:name, :id)', { name, id });
    }
    const rows = await find
      .orderBy('w.name')
      .addOrderBy('w.id')
      .limit(limit + 1)
      .getMany();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await this.withSkills(tx, page, role),
      nextCursor: rows.length > limit && last ? encodeCursor([last.name, last.id]) : null,
    };
  }

  async withSkills(tx: Tx, workers: readonly Worker[], role: string): Promise<WorkerView[]> {
    const held = await this.skills(
      tx,
      workers.map((worker) => worker.id),
    );
    return workers.map((worker) => toWorkerView(worker, held.get(worker.id)!, role));
  }

  private async skills(tx: Tx, ids: string[]): Promise<Map<string, HeldSkill[]>> {
    const held = new Map<string, HeldSkill[]>(ids.map((id) => [id, []]));
    const rows = await tx.repo(WorkerSkill).find({ where: { workerId: In(ids) }, order: { skill: 'ASC' } });
    for (const { workerId, skill, level, validUntil } of rows)
      held.get(workerId)!.push({ skill, level, validUntil });
    return held;
  }
}

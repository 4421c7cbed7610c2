import { Injectable } from '@nestjs/common';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import type { Tx } from '#platform';
import { skillCreated, skillDeleted } from '../workforce.facts.js';
import { Skill } from './skill.entity.js';

const MAX_SKILLS = 500;

export interface ListedSkill {
  id: string;
  name: string;
  /** How many workers have it. */
  workers: number;
}

/**
 * The organisation's list of skills. As long as it is empty any word is a skill; from the first entry on only what is
 * listed is one, so that a slip of the pen does not make a job that nobody can do.
 */
@Injectable()
export class SkillsService {
  list(tx: Tx): Promise<ListedSkill[]> {
    return tx.sql<ListedSkill>(
      `SELECT s.id, s.name, count(w.id)::integer AS workers
       FROM skills s
       LEFT JOIN worker_skills ws ON ws.org_id = s.org_id AND ws.skill = s.name
       LEFT JOIN workers w ON w.id = ws.worker_id AND w.archived_at IS NULL
       WHERE s.org_id = $1 GROUP BY s.id, s.name ORDER BY lower(s.name)`,
      [tx.orgId],
    );
  }

  /** @throws Conflict SKILL_EXISTS; Invalid TOO_MANY. */
  async create(tx: Tx, name: string): Promise<ListedSkill> {
    const skill = { id: newId(), orgId: tx.orgId, name: name.trim(), createdAt: tx.now };
    const known = await this.list(tx);
    const same = known.find((one) => one.name.toLowerCase() === skill.name.toLowerCase());
    if (same)
      throw new Conflict('SKILL_EXISTS', `There is a skill ${same.name} already.`, { skillId: same.id });
    if (known.length >= MAX_SKILLS)
      throw Invalid.field('name', `an organisation has at most ${MAX_SKILLS} skills`, MAX_SKILLS);
    await tx.repo(Skill).insert(skill);
    tx.record(skillCreated(skill.id, { name: skill.name }));
    return { id: skill.id, name: skill.name, workers: 0 };
  }

  /** @throws NotFound; Conflict SKILL_IN_USE while workers have it. */
  async delete(tx: Tx, id: string): Promise<void> {
    const skill = (await this.list(tx)).find((one) => one.id === id);
    if (!skill) throw new NotFound('skill');
    if (skill.workers > 0)
      throw new Conflict(
        'SKILL_IN_USE',
        `${skill.workers} workers have ${skill.name}; take it from them first.`,
        {
          workers: skill.workers,
        },
      );
    await tx.repo(Skill).delete({ id, orgId: tx.orgId });
    tx.record(skillDeleted(id, { name: skill.name }));
  }

  /** @throws Invalid UNKNOWN_SKILL that names `field[i].skill`, and the listed name where only the case differs. */
  async check(tx: Tx, skills: readonly { skill: string }[], field = 'skills'): Promise<void> {
    if (skills.length === 0) return;
    const names = (await tx.repo(Skill).findBy({ orgId: tx.orgId })).map(({ name }) => name);
    if (names.length === 0) return;
    const known = new Set(names);
    const wrong = skills.findIndex(({ skill }) => !known.has(skill.trim()));
    if (wrong < 0) return;
    const value = skills[wrong]!.skill.trim();
    const meant = names.find((name) => name.toLowerCase() === value.toLowerCase());
    throw Invalid.field(
      `${field}[${wrong}].skill`,
      meant ? `is listed as ${meant}` : `${value} is not on the organisation's list of skills`,
      undefined,
      { code: 'UNKNOWN_SKILL', values: { value, meant: meant ?? '' } },
    );
  }
}

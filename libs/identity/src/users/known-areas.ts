import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import type { Role, Tx } from '#platform';

type Existing = (tx: Tx, areaIds: string[]) => Promise<string[]>;

/** Which areas somebody may be bound to: only the later stage that keeps areas can say, and says here how to ask it. */
@Injectable()
export class KnownAreas {
  private existing: Existing = () => Promise.resolve([]);

  askedOf(existing: Existing): void {
    this.existing = existing;
  }

  /**
   * The areas as they are kept: those of an area manager, of any other role none. An area manager without areas sees nothing
   * until they get some.
   *
   * @throws Invalid naming `areaIds`
   */
  async check(tx: Tx, role: Role, areaIds: string[] = []): Promise<string[]> {
    if (areaIds.length === 0) return [];
    if (role !== 'area_manager')
      throw Invalid.field('areaIds', 'only an area manager is bound to areas', undefined, {
        code: 'NOT_FOR_ROLE',
      });
    const known = new Set(await this.existing(tx, areaIds));
    const wrong = areaIds.findIndex((id) => !known.has(id));
    if (wrong >= 0)
      throw Invalid.field(`areaIds[${wrong}]`, 'there is no such area', undefined, { code: 'NO_SUCH_AREA' });
    return areaIds;
  }
}

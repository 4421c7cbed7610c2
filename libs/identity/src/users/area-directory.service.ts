import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import type { Role, Tx } from '#platform';

type Existing = (tx: Tx, areaIds: string[]) => Promise<string[]>;

/** Which areas exist. Areas belong to a later stage, which registers its lookup here. */
@Injectable()
export class AreaDirectoryService {
  private existing: Existing = () => Promise.resolve([]);

  register(existing: Existing): void {
    this.existing = existing;
  }

  /**
   * The area ids to store: those of an area manager, none for other roles. An area manager without areas sees nothing.
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

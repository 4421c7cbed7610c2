import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { Invalid, isId, NotFound } from '#kernel';
import {
  areaRoom,
  isOffice,
  type LiveCaller,
  LiveCommands,
  LiveGateway,
  PeriodicTask,
  UnitOfWork,
} from '#platform';
import { TerritoryService } from '#territory';

/** Rooms beside those of the areas: the whole organisation, and whoever is in no area. */
const EVERYWHERE = 'all';
const NOWHERE = 'none';

const FRAME_MS = 1_000;
/** Commits do not happen in the order of their times; looking this far back again misses none of them. */
const OVERLAP_MS = 5_000;
const MOST_AREAS = 500;

/** [workerId, latitude, longitude, heading, metres a second, fix time in epoch ms, area id]; null = not known. */
export type PositionRow = [string, number, number, number | null, number | null, number, string | null];

/** `left`: workers no longer in this area's picture. */
export interface PositionFrame {
  areaId: string;
  moved: PositionRow[];
  left: string[];
}

interface Seen {
  fixAt: number;
  areaId: string | null;
}

interface OrgFrames {
  since: Date;
  seen: Map<string, Seen>;
}

/**
 * Sends moving positions to the maps: once a second one frame for each area that somebody here is watching. Every API
 * process works the frames out for its own sockets, so positions need no broker.
 */
@Injectable()
export class PositionFramesService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly orgs = new Map<string, OrgFrames>();
  private readonly task = new PeriodicTask({
    name: 'position frames',
    everyMs: FRAME_MS,
    run: () => this.runOnce(),
    logger: new Logger(PositionFramesService.name),
  });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly territory: TerritoryService,
    private readonly commands: LiveCommands,
    @Optional() private readonly live?: LiveGateway,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.live) return;
    this.commands.register({
      event: 'watch',
      action: 'read',
      subject: 'Position',
      handle: (payload, caller) => this.watch(payload, caller),
    });
    this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** `watch { areaIds: [...] | 'all' }`: replaces what this socket watched before. Answers what it watches now. */
  private async watch(payload: unknown, caller: LiveCaller): Promise<{ areaIds: string[] }> {
    const { orgId, role, areaIds: bound } = caller.principal;
    if (!isOffice(role)) throw new NotFound('live map');
    const { areaIds } = (payload ?? {}) as { areaIds?: unknown };
    // For an area manager all areas are those that they are bound to.
    const wanted = areaIds === 'all' ? (bound ?? [EVERYWHERE]) : areaIds;
    if (!Array.isArray(wanted) || wanted.length > MOST_AREAS)
      throw Invalid.field('areaIds', `must be 'all' or a list of at most ${MOST_AREAS} area ids`, MOST_AREAS);
    const known = await this.uow.run(orgId, (tx) => this.territory.areaNames(tx));
    const ids = new Set([...known.map((area) => area.id), ...(bound ?? [EVERYWHERE, NOWHERE])]);
    const wrong = wanted.findIndex((id) => typeof id !== 'string' || !ids.has(id));
    if (wrong >= 0) throw Invalid.field(`areaIds[${wrong}]`, 'is not an area here');
    for (const id of ids) caller.leave(areaRoom(orgId, id));
    for (const id of wanted as string[]) caller.join(areaRoom(orgId, id));
    return { areaIds: wanted as string[] };
  }

  private async runOnce(): Promise<void> {
    const watched = this.watchedAreas();
    for (const orgId of this.orgs.keys()) if (!watched.has(orgId)) this.orgs.delete(orgId);
    for (const [orgId, areaIds] of watched) await this.send(orgId, areaIds);
  }

  private watchedAreas(): Map<string, string[]> {
    const watched = new Map<string, string[]>();
    for (const room of this.live!.localRooms()) {
      const [orgId, kind, areaId] = room.split('/');
      if (kind !== 'area' || !orgId || !areaId || !isId(orgId)) continue;
      watched.set(orgId, [...(watched.get(orgId) ?? []), areaId]);
    }
    return watched;
  }

  private async send(orgId: string, areaIds: string[]): Promise<void> {
    let org = this.orgs.get(orgId);
    // Whoever starts to watch loads GET /positions first; from here on only what changes.
    if (!org) {
      org = { since: new Date(Date.now() - OVERLAP_MS), seen: new Map() };
      this.orgs.set(orgId, org);
    }
    const { frames, newest } = frameChanges(org.seen, await this.changes(orgId, org.since));
    if (newest) org.since = new Date(newest.getTime() - OVERLAP_MS);
    for (const areaId of areaIds) {
      const frame = frames.get(areaId);
      // Who moves from one area into another leaves first, for whoever watches both.
      if (frame && frame.left.length > 0)
        this.live!.local(areaRoom(orgId, areaId), 'positions', { ...frame, moved: [] });
    }
    for (const areaId of areaIds) {
      const frame = frames.get(areaId);
      if (frame && frame.moved.length > 0)
        this.live!.local(areaRoom(orgId, areaId), 'positions', { ...frame, left: [] });
    }
  }

  private changes(orgId: string, since: Date): Promise<Change[]> {
    return this.uow.run(orgId, (tx) =>
      tx.sql<Change>(
        `SELECT worker_id AS "workerId", lat, lon, heading, speed, fix_at AS "fixAt", area_id AS "areaId", condemned,
                touched_at AS "touchedAt"
         FROM worker_positions WHERE touched_at > $1`,
        [since],
      ),
    );
  }
}

interface Change {
  workerId: string;
  lat: number;
  lon: number;
  heading: number | null;
  speed: number | null;
  fixAt: Date;
  areaId: string | null;
  condemned: boolean;
  touchedAt: Date;
}

/** Frames by area id of what differs from what was sent before; `seen` is brought up to date. */
function frameChanges(
  seen: Map<string, Seen>,
  changes: Change[],
): { frames: Map<string, PositionFrame>; newest: Date | null } {
  const frames = new Map<string, PositionFrame>();
  const frameOf = (areaId: string): PositionFrame => {
    let frame = frames.get(areaId);
    if (!frame) {
      frame = { areaId, moved: [], left: [] };
      frames.set(areaId, frame);
    }
    return frame;
  };
  let newest: Date | null = null;
  for (const change of changes) {
    const { workerId, areaId, condemned, touchedAt } = change;
    if (!newest || touchedAt > newest) newest = touchedAt;
    const fixAt = condemned ? -1 : change.fixAt.getTime();
    const before = seen.get(workerId);
    if (before?.fixAt === fixAt && before.areaId === areaId) continue;
    seen.set(workerId, { fixAt, areaId });
    if (before && (condemned || before.areaId !== areaId))
      frameOf(before.areaId ?? NOWHERE).left.push(workerId);
    if (condemned) {
      frameOf(EVERYWHERE).left.push(workerId);
      continue;
    }
    const row: PositionRow = [workerId, change.lat, change.lon, change.heading, change.speed, fixAt, areaId];
    frameOf(areaId ?? NOWHERE).moved.push(row);
    frameOf(EVERYWHERE).moved.push(row);
  }
  return { frames, newest };
}

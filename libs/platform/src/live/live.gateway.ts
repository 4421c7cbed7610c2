import { Inject, Logger } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayInit,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { DomainError } from '#kernel';
import { AUTHENTICATOR, type Authenticator, type Principal } from '../auth/principal.js';
import { SharedClock } from '../clock/shared-clock.js';
import { requestContext } from '../database/request-context.js';
import { type Fact, OFFICE_ROLES, personalAudience } from '../facts/fact.js';
import { asDomainError } from '../http/as-domain-error.js';
import { toProblem } from '../http/problem.filter.js';
import { FairGate, type GateLimits } from '../shares/fair-gate.js';
import { sharerOfPrincipal } from '../shares/sharer.js';
import { Shares } from '../shares/shares.js';
import { LiveCommands } from './live-commands.js';
import { LiveFeed } from './live-feed.js';
import { officeView, viewOf, type WireFact, wire } from './live-view.js';
import { NarrowViewers } from './narrow-viewers.js';
import { isNarrow, keyRoom, officeRoom, roomsOf, sessionRoom, userRoom, workerRoom } from './rooms.js';
import { SocketCounts } from './socket-counts.js';
import { SocketQueue } from './socket-queue.js';

interface SocketData {
  principal: Principal;
  expiry?: NodeJS.Timeout;
  commands: SocketQueue;
}
type Events = Record<string, (...args: unknown[]) => void>;
type LiveSocket = Socket<Events, Events, Events, SocketData>;

/** A client further behind than this loads afresh. */
const MOST_REPLAYED = 5_000;

/** What setTimeout can count, 24.8 days; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Those who catch up take turns; everybody else goes on meanwhile. */
const CATCHING_UP: GateLimits = {
  total: 4,
  perOrganization: 2,
  perCaller: 1,
  maxWaiting: 12_000,
  maxWaitingPerOrganization: 4_000,
  maxWaitingPerCaller: 20,
  maxWaitMs: 60_000,
};

/** Where a client says it stopped reading. What is no place in any log is as one of another log: load afresh. */
function placeOf(asked: unknown): number | null {
  if (asked === undefined || asked === null) return null;
  return Number.isSafeInteger(asked) && (asked as number) >= 0 ? (asked as number) : Number.POSITIVE_INFINITY;
}

/**
 * Socket.IO namespace `/live`. Handshake `auth: { token, lastSeq? }`. The server says `ready { seq, now, speed }`, then
 * `facts [...]` in order of `seq`; after a break it first replays what was missed, or says `resync { seq }`.
 */
@WebSocketGateway({ namespace: '/live', transports: ['websocket', 'polling'] })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly logger = new Logger(LiveGateway.name);
  private readonly counts = new SocketCounts();
  private readonly catchingUp = new FairGate(CATCHING_UP);
  /** API keys that are connected here: what they see depends on their scopes. */
  private readonly keys = new Map<string, Principal>();
  @WebSocketServer() private readonly server: Namespace;

  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly feed: LiveFeed,
    private readonly commands: LiveCommands,
    private readonly clock: SharedClock,
    private readonly shares: Shares,
    private readonly narrow: NarrowViewers,
  ) {}

  afterInit(server: Namespace): void {
    server.use((socket, next) => {
      this.admit(socket as LiveSocket).then(
        () => next(),
        (error: unknown) =>
          next(Object.assign(new Error('refused'), { data: toProblem(asDomainError(error)) })),
      );
    });
    this.feed.onFacts((orgId, facts) => this.push(orgId, facts));
    this.clock.watch(() => server.local.emit('clock', { now: this.clock.now(), speed: this.clock.speed }));
  }

  get sockets(): number {
    return this.server?.sockets.size ?? 0;
  }

  /** Sends to every socket of a room, in all processes. */
  broadcast(room: string, event: string, payload: unknown): void {
    this.server.to(room).emit(event, payload);
  }

  /** Sends to the sockets of a room in this process only: for what every process works out for itself. */
  local(room: string, event: string, payload: unknown): void {
    this.server.local.to(room).emit(event, payload);
  }

  hasLocal(room: string): boolean {
    return (this.server?.adapter.rooms.get(room)?.size ?? 0) > 0;
  }

  localRooms(): Iterable<string> {
    return this.server?.adapter.rooms.keys() ?? [];
  }

  /** Cuts off the sockets here of a user or session whose rights have ended. */
  disconnect(
    orgId: string,
    who: { userId?: string; sessionId?: string; workerId?: string },
    reason: 'revoked' | 'expired',
  ): void {
    const rooms = [
      ...(who.workerId ? [workerRoom(orgId, who.workerId)] : []),
      ...(who.userId ? [userRoom(orgId, who.userId)] : []),
      ...(who.sessionId ? [sessionRoom(orgId, who.sessionId)] : []),
    ];
    if (rooms.length === 0 || !this.server) return;
    this.server.local.in(rooms).emit('signed_out', { reason });
    this.server.local.in(rooms).disconnectSockets(true);
  }

  async handleConnection(socket: LiveSocket): Promise<void> {
    const { principal } = socket.data;
    this.armExpiry(socket, principal);
    socket.data.commands = new SocketQueue(() => socket.disconnect(true));
    socket.onAny((event: unknown, ...args: unknown[]) => void this.command(socket, event, args));
    socket.once('disconnect', () => clearTimeout(socket.data.expiry));
    try {
      await this.catchUp(socket, placeOf(socket.handshake.auth.lastSeq));
      // Rights that ended while the socket was on its way into its rooms found it in none of them.
      await this.authenticator.authenticate(String(socket.handshake.auth.token));
    } catch (error) {
      this.logger.warn(`a socket could not catch up: ${String(error)}`);
      socket.disconnect(true);
    }
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const token: unknown = socket.handshake.auth.token;
    if (typeof token !== 'string')
      throw new DomainError('NOT_SIGNED_IN', 401, 'Send auth: { token } in the handshake.');
    const principal = await this.authenticator.authenticate(token);
    if (!this.authenticator.may(principal, 'read', 'Live'))
      throw new DomainError('NOT_FOUND', 404, 'Not found.');
    const close = this.counts.open(sharerOfPrincipal(principal));
    socket.once('disconnect', close);
    socket.conn.once('close', close);
    socket.data.principal = principal;
    socket.conn.emit('admitted' as never);
  }

  private async catchUp(socket: LiveSocket, after: number | null): Promise<void> {
    const { principal } = socket.data;
    const replay = async (facts: Fact[]) => {
      const places = isNarrow(principal) ? await this.narrow.seen(principal, facts) : undefined;
      const seen = viewOf(principal, facts, this.authenticator, places);
      if (seen.length > 0) socket.emit('facts', seen);
    };
    const leave = await this.catchingUp.enter(sharerOfPrincipal(principal));
    try {
      await this.feed.catchUp(
        principal.orgId,
        { after, most: MOST_REPLAYED, replay },
        async ({ seq, afresh }) => {
          if (afresh) socket.emit('resync', { seq });
          this.narrow.enter(principal);
          await socket.join(roomsOf(principal));
          if (principal.kind === 'api_key' && !isNarrow(principal))
            this.keys.set(keyRoom(principal.orgId, principal.id), principal);
          socket.emit('ready', { seq, now: this.clock.now(), speed: this.clock.speed });
        },
      );
    } finally {
      leave();
    }
  }

  private armExpiry(socket: LiveSocket, principal: Principal): void {
    clearTimeout(socket.data.expiry);
    if (!principal.expiresAt) return;
    socket.data.expiry = setTimeout(
      () => {
        socket.emit('signed_out', { reason: 'expired' });
        socket.disconnect(true);
      },
      Math.min(Math.max(0, principal.expiresAt.getTime() - Date.now()), LONGEST_TIMER_MS),
    );
  }

  private async command(socket: LiveSocket, event: unknown, args: unknown[]): Promise<void> {
    const answer = args.at(-1);
    const reply = (body: unknown) => {
      if (typeof answer === 'function') (answer as (body: unknown) => void)(body);
    };
    try {
      // Socket.IO lets a number be the name of an event too.
      const command = this.commands.get(String(event));
      const { principal } = socket.data;
      if (event === 'renew') return reply(await socket.data.commands.run(() => this.renew(socket, args[0])));
      if (!command)
        throw new DomainError(
          'UNKNOWN_EVENT',
          400,
          `There is no live command ${String(event).slice(0, 40)}.`,
        );
      if (!this.authenticator.may(principal, command.action, command.subject))
        throw new DomainError('NOT_FOUND', 404, 'Not found.');
      const caller = {
        principal,
        socketId: socket.id,
        join: (room: string) => void socket.join(room),
        leave: (room: string) => void socket.leave(room),
      };
      const actor = { kind: principal.kind, id: principal.id, role: principal.role };
      const payload = typeof args[0] === 'function' ? undefined : args[0];
      const result = await socket.data.commands.run(async () => {
        const leave = await this.shares.enter(sharerOfPrincipal(principal), command.cost ?? 'normal');
        try {
          return await requestContext.run({ actor, areaIds: principal.areaIds }, () =>
            command.handle(payload, caller),
          );
        } finally {
          leave();
        }
      });
      reply({ ok: true, ...(result as object | undefined) });
    } catch (error) {
      const known = asDomainError(error);
      if (known.status >= 500) this.logger.error(`live ${event}: ${String(error)}`, (error as Error).stack);
      reply({ ok: false, problem: toProblem(known) });
    }
  }

  /** A fresh access token of the same person keeps the socket open past the old one's end. */
  private async renew(socket: LiveSocket, payload: unknown): Promise<unknown> {
    const token = (payload as { token?: unknown } | null)?.token;
    if (typeof token !== 'string') throw new DomainError('NOT_SIGNED_IN', 401, 'Send { token }.');
    const principal = await this.authenticator.authenticate(token);
    const { principal: present } = socket.data;
    const same = (['id', 'orgId', 'role', 'workerId'] as const).every(
      (key) => principal[key] === present[key],
    );
    if (!same) throw new DomainError('NOT_SIGNED_IN', 401, 'That token belongs to someone else.');
    socket.data.principal = principal;
    if (present.sessionId && principal.sessionId !== present.sessionId)
      await socket.leave(sessionRoom(present.orgId, present.sessionId));
    await socket.join(roomsOf(principal));
    this.armExpiry(socket, principal);
    return { ok: true, expiresAt: principal.expiresAt };
  }

  private push(orgId: string, facts: Fact[]): void {
    for (const role of OFFICE_ROLES) {
      const room = officeRoom(orgId, role);
      if (!this.hasLocal(room)) continue;
      this.local(
        room,
        'facts',
        facts.map((fact) => officeView(fact, role)),
      );
    }
    for (const [room, principal] of this.keys)
      if (!this.hasLocal(room)) this.keys.delete(room);
      else if (principal.orgId === orgId)
        this.local(room, 'facts', viewOf(principal, facts, this.authenticator));
    const isHere = (room: string) => this.hasLocal(room);
    this.narrow.each(orgId, facts, isHere, ({ room, principal }, seen) =>
      this.local(room, 'facts', viewOf(principal, facts, this.authenticator, seen)),
    );
    const personal = new Map<string, WireFact[]>();
    const add = (room: string, fact: WireFact) => {
      if (!this.hasLocal(room)) return;
      const list = personal.get(room);
      if (list) list.push(fact);
      else personal.set(room, [fact]);
    };
    for (const fact of facts) {
      const { workers, users } = personalAudience(fact);
      for (const [id, data] of Object.entries(workers)) add(workerRoom(orgId, id), wire(fact, data));
      for (const [id, data] of Object.entries(users)) add(userRoom(orgId, id), wire(fact, data));
    }
    for (const [room, list] of personal) this.local(room, 'facts', list);
  }
}

import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { newId } from '#kernel';
import type { Tx } from '#platform';
import { AccessRevokedService } from '../access/access-revoked.service.js';
import { sessionRevoked, sessionStarted } from '../identity.facts.js';
import { type EndReason, Session } from './session.entity.js';

/** Without a refresh for this long a session ends. */
const IDLE_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Device {
  userAgent?: string;
  address?: string;
}

export const idleEnd = () => new Date(Date.now() + IDLE_DAYS * DAY_MS);

/** The rows of sessions: begin, list, end. */
@Injectable()
export class SessionsService {
  constructor(private readonly accessRevoked: AccessRevokedService) {}

  async start(tx: Tx, userId: string, device: Device): Promise<Session> {
    const now = new Date();
    const session = tx.repo(Session).create({
      id: newId(),
      orgId: tx.orgId,
      userId,
      generation: 0,
      salt: randomBytes(16),
      rotatedBy: null,
      userAgent: device.userAgent?.slice(0, 300) ?? null,
      address: device.address ?? null,
      createdAt: now,
      usedAt: now,
      expiresAt: idleEnd(),
      endedAt: null,
      endReason: null,
    });
    await tx.repo(Session).insert(session);
    tx.record(sessionStarted(session.id, { userId }));
    return session;
  }

  /** A user's running sessions, newest first. */
  async page(
    tx: Tx,
    userId: string,
    { limit, after }: { limit: number; after?: [string, string] },
  ): Promise<Session[]> {
    const query = tx
      .repo(Session)
      .createQueryBuilder('s')
      .where('s.orgId = :orgId AND s.userId = :userId AND s.endedAt IS NULL AND s.expiresAt > :now', {
        orgId: tx.orgId,
        userId,
        now: new Date(),
      })
      .orderBy('s.createdAt', 'DESC')
      .addOrderBy('s.id', 'DESC')
      .limit(limit + 1);
    if (after) query.andWhere('(s.createdAt, s.id) < (:at, :id)', { at: after[0], id: after[1] });
    return query.getMany();
  }

  /** @returns the session, or null when the organisation has no such one running. */
  async find(tx: Tx, id: string): Promise<Session | null> {
    return tx.repo(Session).findOneBy({ id, orgId: tx.orgId, endedAt: IsNull() });
  }

  /** Ends one session: its tokens stop working and its sockets are cut. */
  async end(tx: Tx, session: Session, reason: EndReason): Promise<void> {
    await this.endWhere(tx, { id: session.id }, reason);
  }

  /** Ends all sessions of a user, perhaps but one. */
  async endAll(tx: Tx, userId: string, reason: EndReason, except?: string): Promise<void> {
    await this.endWhere(tx, except ? { userId, id: Not(except) } : { userId }, reason);
  }

  private async endWhere(
    tx: Tx,
    which: { id?: string | ReturnType<typeof Not>; userId?: string },
    reason: EndReason,
  ): Promise<void> {
    const { raw } = await tx
      .repo(Session)
      .createQueryBuilder()
      .update()
      .set({ endedAt: new Date(), endReason: reason })
      .where({ ...which, orgId: tx.orgId, endedAt: IsNull() })
      .returning('id, user_id')
      .execute();
    for (const { id, user_id: userId } of raw as { id: string; user_id: string }[]) {
      tx.record(sessionRevoked(id, { userId, reason }));
      this.accessRevoked.announce(tx, { sessionId: id });
    }
  }
}

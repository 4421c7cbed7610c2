import type { Principal } from '../auth/principal.js';
import { OFFICE_ROLES, type OfficeRole, type Viewer } from '../facts/fact.js';

export const isOffice = (role: string): role is OfficeRole =>
  (OFFICE_ROLES as readonly string[]).includes(role);

export const officeRoom = (orgId: string, role: OfficeRole) => `${orgId}/office/${role}`;
export const workerRoom = (orgId: string, workerId: string) => `${orgId}/worker/${workerId}`;
export const userRoom = (orgId: string, userId: string) => `${orgId}/user/${userId}`;
/** Whether a caller is bound to areas, and sees less than the rest of their role. */
export const isNarrow = (principal: Principal): boolean => principal.areaIds !== undefined;

/** Of a caller who sees less than the rest of their role. */
export const ownRoom = (orgId: string, id: string) => `${orgId}/own/${id}`;
export const sessionRoom = (orgId: string, sessionId: string) => `${orgId}/session/${sessionId}`;
/** Sockets that an API key opened: they see what its scopes open. */
export const keyRoom = (orgId: string, keyId: string) => `${orgId}/key/${keyId}`;
/** Frames of moving positions in one service area; office roles may join. */
export const areaRoom = (orgId: string, areaId: string) => `${orgId}/area/${areaId}`;

/** The rooms a caller is put into: by role and organisation only, never by what the client asks for. */
export function roomsOf(principal: Principal): string[] {
  const rooms = [userRoom(principal.orgId, principal.id)];
  if (principal.sessionId) rooms.push(sessionRoom(principal.orgId, principal.sessionId));
  if (isNarrow(principal)) rooms.push(ownRoom(principal.orgId, principal.id));
  else if (principal.kind === 'api_key') rooms.push(keyRoom(principal.orgId, principal.id));
  else if (isOffice(principal.role)) rooms.push(officeRoom(principal.orgId, principal.role));
  if (principal.role === 'worker' && principal.workerId && !principal.isSuspended)
    rooms.push(workerRoom(principal.orgId, principal.workerId));
  return rooms;
}

/** The ways in which a caller sees facts. */
export function viewersOf(principal: Principal): Viewer[] {
  if (isOffice(principal.role))
    return [
      { kind: 'office', role: principal.role },
      { kind: 'user', userId: principal.id },
    ];
  if (principal.role === 'worker' && principal.workerId && !principal.isSuspended)
    return [
      { kind: 'worker', workerId: principal.workerId },
      { kind: 'user', userId: principal.id },
    ];
  return [{ kind: 'user', userId: principal.id }];
}

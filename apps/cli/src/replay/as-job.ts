import type { LoggedRequest } from './read-log.js';

/** The body of `POST /jobs` that a line of the log asks for. */
export const asJob = (request: LoggedRequest, typeIds: ReadonlyMap<string, string>) => {
  const { lat, lon, address, district, dueAt, channel, id, category } = request;
  return {
    lat,
    lon,
    address: address ?? `${category}, ${district ? `district ${district}` : 'no district'}`,
    serviceTypeId: typeIds.get(category)!,
    externalRef: id,
    channel,
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
  };
};

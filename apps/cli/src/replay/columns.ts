import { UsageError } from '../usage-error.js';

/** What a log of requests may say; the first three it must. */
const FIELDS = {
  openedAt: [
    'opened_at',
    'open_dt',
    'created_at',
    'created_date',
    'requested_datetime',
    'open_date',
    'received_at',
    'date',
  ],
  lat: ['lat', 'latitude', 'y'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x'],
  id: ['id', 'case_enquiry_id', 'service_request_id', 'sr_number', 'request_id', 'unique_key', 'case_id'],
  dueAt: ['sla_target_at', 'sla_target_dt', 'target_dt', 'due_at', 'due_date', 'deadline'],
  closedAt: ['closed_at', 'closed_dt', 'closed_date', 'completed_at'],
  onTime: ['on_time', 'ontime'],
  category: ['category', 'type', 'service_name', 'case_title', 'request_type', 'reason'],
  district: ['district', 'pwd_district', 'ward', 'borough', 'neighborhood', 'zone', 'area'],
  channel: ['channel', 'source', 'origin'],
  address: ['address', 'location', 'street'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof FIELDS;
export type Columns = Partial<Record<Field, string>>;

const REQUIRED: readonly Field[] = ['openedAt', 'lat', 'lon'];
const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
const bare = (name: string) => plain(name).replaceAll('_', '');

/** `lat=Y,openedAt=Created Date` as typed after --map. @throws UsageError */
export function parseMap(text: string | undefined): Columns {
  const map: Columns = {};
  for (const pair of (text ?? '').split(',').filter((part) => part.trim())) {
    const [field = '', ...column] = pair.split('=');
    const known = (Object.keys(FIELDS) as Field[]).find((name) => bare(name) === bare(field));
    if (!known || column.length === 0 || !column.join('=').trim())
      throw new UsageError(
        `--map ${pair.trim()}: write field=column, where field is one of ${Object.keys(FIELDS).join(', ')}`,
      );
    map[known] = column.join('=').trim();
  }
  return map;
}

/**
 * Which column holds which field: what `--map` says, else the column with a name that is usual for it.
 * @throws UsageError naming what is missing and what is there.
 */
export function chooseColumns(header: readonly string[], asked: Columns): Columns {
  const chosen: Columns = {};
  for (const field of Object.keys(FIELDS) as Field[]) {
    const wanted = asked[field];
    if (wanted !== undefined && !header.includes(wanted))
      throw new UsageError(
        `--map ${field}=${wanted}: there is no such column; the file has ${header.join(', ')}`,
      );
    const usual = FIELDS[field].flatMap((name) => header.filter((column) => plain(column) === name))[0];
    const column = wanted ?? usual;
    if (column !== undefined) chosen[field] = column;
  }
  const missing = REQUIRED.filter((field) => chosen[field] === undefined);
  if (missing.length > 0)
    throw new UsageError(
      `no column for ${missing.join(', ')}; say --map ${missing.map((field) => `${field}=COLUMN`).join(',')}, where the file has ${header.join(', ')}`,
    );
  return chosen;
}

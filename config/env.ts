import 'reflect-metadata';
import { isIP, isIPv6 } from 'node:net';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  validateSync,
} from 'class-validator';

const flag = ({ value }: { value: unknown }) =>
  typeof value === 'string' ? !['off', 'false', '0', 'no', ''].includes(value.toLowerCase()) : value;
const list = ({ value }: { value: unknown }) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : value;
const webAddress = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** As a browser writes it in `Origin`. */
const isOrigin = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^https?:/.test(value) &&
  URL.canParse(value) &&
  new URL(value).origin === value.toLowerCase();

/** What Express takes for `trust proxy`: names, addresses, and networks by prefix length or mask. */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', network, ...rest] = text.split('/');
  if (!isIP(address) || rest.length > 0) return false;
  if (network === undefined) return true;
  if (/^\d+$/.test(network)) return Number(network) <= (isIPv6(address) ? 128 : 32);
  return isIP(network) === isIP(address);
}

const isProxyList = (value: unknown): boolean =>
  value === 'none' || (typeof value === 'string' && value.split(',').every((item) => isProxy(item.trim())));

const integer = ({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value);

/** Needed as soon as one of them is set. */
const OfBucket = () =>
  ValidateIf(
    (env: Env) =>
      (env.MEDIA_S3_ENDPOINT ?? env.MEDIA_S3_BUCKET ?? env.MEDIA_S3_KEY_ID ?? env.MEDIA_S3_SECRET) !==
      undefined,
  );

/** Every setting the processes read from the environment; `.env.example` explains each. */
export class Env {
  @Transform(integer) @IsInt() @Min(0) @Max(65_535) PORT = 3000;
  @IsString() HOST = '127.0.0.1';
  /** How long an idle connection stays open: longer than whatever stands in front keeps it, or that writes into a closed one. */
  @Transform(integer) @IsInt() @Min(1) @Max(3_600) KEEP_ALIVE_SECONDS = 125;
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must start with postgres://' })
  DATABASE_URL: string;
  @Transform(integer) @IsInt() @Min(2) @Max(200) DATABASE_POOL = 20;
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must start with redis://' })
  REDIS_URL?: string;
  @MinLength(32) JWT_SECRET: string;
  @MinLength(32) QR_SECRET: string;
  /** Where the metrics are read: a port of their own, or this token on the public one. Without either they are not served. */
  @IsOptional() @Transform(integer) @IsInt() @Min(0) @Max(65_535) METRICS_PORT?: number;
  @IsString() METRICS_HOST = '127.0.0.1';
  @IsOptional() @MinLength(16) METRICS_TOKEN?: string;
  /** Whether everybody may read the API's description at /api/docs; without a word only where the demo runs. */
  @IsOptional() @Transform(flag) @IsBoolean() API_DOCS?: boolean;
  @IsString() DATA_DIR = '.data';
  @Transform(flag) @IsBoolean() DEMO = true;
  /** `virtual` lets an administrator run the business clock faster than the wall; for demos, tests and replays. */
  @IsIn(['system', 'virtual']) CLOCK: 'system' | 'virtual' = 'system';
  @Transform(list)
  @ValidateBy(
    { name: 'isOrigin', validator: { validate: isOrigin } },
    {
      each: true,
      message: 'each ALLOWED_ORIGINS must be an address such as https://desk.example.org, without a path',
    },
  )
  ALLOWED_ORIGINS: string[] = [];
  /**
   * Which proxies may say whom they speak for: `none`, or Express's `trust proxy` (an address list, loopback, uniquelocal).
   * Anybody at a trusted address can pretend to be any caller, so the default trusts nobody.
   */
  @ValidateBy(
    { name: 'isProxyList', validator: { validate: isProxyList } },
    {
      message:
        'TRUST_PROXY must be none, or loopback, linklocal, uniquelocal or addresses with commas between',
    },
  )
  TRUST_PROXY = 'none';
  /** How often each log is verified and signed (`Checkpoints`). */
  @Transform(integer) @IsInt() @Min(1) @Max(1_440) JOURNAL_CHECKPOINT_MINUTES = 60;
  /** Where each checkpoint is sent by POST, for somebody else to keep. */
  @IsOptional() @IsUrl(webAddress) JOURNAL_WITNESS_URL?: string;
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL = 'info';
  /** Off only in load tests: per-address and per-account limits on sign-in and writes. */
  @Transform(flag) @IsBoolean() RATE_LIMITS = true;
  /** MapLibre style JSON, a PMTiles archive, or pictures by {z}/{x}/{y}; without one the map draws our own plain style. */
  @IsOptional() @IsUrl(webAddress) MAP_STYLE_URL?: string;
  @IsOptional() @IsUrl(webAddress) GEOCODER_URL?: string;
  /** Travel times by road for day plans; without one they are estimated from the straight line. */
  @IsOptional() @IsUrl(webAddress) ROADS_URL?: string;
  @IsIn(['osrm', 'valhalla']) ROADS_KIND: 'osrm' | 'valhalla' = 'osrm';
  /** A store that speaks S3 for files; without one they lie in DATA_DIR/files. */
  @OfBucket() @IsUrl(webAddress) MEDIA_S3_ENDPOINT?: string;
  @OfBucket() @Matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/) MEDIA_S3_BUCKET?: string;
  @OfBucket() @MinLength(1) MEDIA_S3_KEY_ID?: string;
  @OfBucket() @MinLength(1) MEDIA_S3_SECRET?: string;
  @IsString() MEDIA_S3_REGION = 'us-east-1';
  /** ENDPOINT/BUCKET/KEY; off: the bucket is a part of the host's name. */
  @Transform(flag) @IsBoolean() MEDIA_S3_PATH_STYLE = true;
}

export class SettingError extends Error {}

/** @throws SettingError with one line a setting, when the environment is not usable. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const known = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const env = plainToInstance(Env, known, { exposeDefaultValues: true });
  const errors = validateSync(env, { whitelist: true });
  if (errors.length > 0) {
    const lines = errors.flatMap((e) =>
      Object.values(e.constraints ?? {}).map((text) =>
        text.includes(e.property) ? text : `${e.property}: ${text}`,
      ),
    );
    throw new SettingError(lines.join('\n'));
  }
  return env;
}

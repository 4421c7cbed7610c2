import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';

const FAILURES_PER_NETWORK = 200;
const NETWORK_SECONDS = 600;
const FAILURES_PER_ACCOUNT = 100;
const ACCOUNT_SECONDS = 3_600;
const MEMORY_SECONDS = 3_600;
/** How long a network stays familiar to an account that signed in from it. */
export const REMEMBER_SECONDS = 30 * 86_400;

/** The counters behind `SignInLimits`, all in the table `rate_limits`; names of accounts are kept as hashes. */
export function makeLimiters(dataSource: DataSource) {
  const store = {
    storeClient: dataSource,
    storeType: 'typeorm',
    tableName: 'rate_limits',
    tableCreated: true,
  };
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({ ...store, keyPrefix, points, duration });
  return {
    failures: limiter('failures', 1_000_000, MEMORY_SECONDS),
    gates: limiter('gate', 1, 1),
    networks: limiter('network', FAILURES_PER_NETWORK, NETWORK_SECONDS),
    accounts: limiter('account', FAILURES_PER_ACCOUNT, ACCOUNT_SECONDS),
    familiar: limiter('familiar', 1, REMEMBER_SECONDS),
  };
}

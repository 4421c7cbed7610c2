import { readEnv, SettingError } from './env.js';

const needed = {
  DATABASE_URL: 'postgres://app@localhost/doorstep',
  JWT_SECRET: 'j'.repeat(32),
  QR_SECRET: 'q'.repeat(32),
};

const faultOf = (settings: Record<string, string>): string => {
  try {
    readEnv({ ...needed, ...settings });
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  return 'none';
};

describe('settings', () => {
  it.each([
    [
      'banana',
      'TRUST_PROXY must be none, or loopback, linklocal, uniquelocal or addresses with commas between',
    ],
    [
      '10.0.0.0/99',
      'TRUST_PROXY must be none, or loopback, linklocal, uniquelocal or addresses with commas between',
    ],
    ['1', 'TRUST_PROXY must be none, or loopback, linklocal, uniquelocal or addresses with commas between'],
    ['loopback, linklocal, uniquelocal', 'none'],
    ['10.0.0.1, 172.16.0.0/12, ::1, fd00::/8, 10.0.0.0/255.0.0.0', 'none'],
  ])('TRUST_PROXY=%s: %s', (TRUST_PROXY, fault) => expect(faultOf({ TRUST_PROXY })).toBe(fault));

  it.each([
    ['notaurl', 'each ALLOWED_ORIGINS must be an address such as https://desk.example.org, without a path'],
    [
      'https://a.test,https://b.test/',
      'each ALLOWED_ORIGINS must be an address such as https://desk.example.org, without a path',
    ],
    [
      'ftp://a.test',
      'each ALLOWED_ORIGINS must be an address such as https://desk.example.org, without a path',
    ],
    ['https://desk.example.org, http://localhost:5173', 'none'],
  ])('ALLOWED_ORIGINS=%s: %s', (ALLOWED_ORIGINS, fault) => expect(faultOf({ ALLOWED_ORIGINS })).toBe(fault));

  it('of a bucket are needed together', () => {
    const bucket = { MEDIA_S3_BUCKET: 'media', MEDIA_S3_KEY_ID: 'id', MEDIA_S3_SECRET: 'secret' };
    expect(faultOf({ ...bucket, MEDIA_S3_ENDPOINT: 'http://minio:9000' })).toBe('none');
    expect(faultOf(bucket)).toBe('MEDIA_S3_ENDPOINT must be a URL address');
    expect(faultOf({ MEDIA_S3_ENDPOINT: 'http://minio:9000' })).toMatch(
      /^MEDIA_S3_BUCKET .*\nMEDIA_S3_KEY_ID .*\nMEDIA_S3_SECRET .*$/,
    );
  });

  it('are told in one line each', () => {
    expect(faultOf({ LOG_LEVEL: 'loud', ROADS_URL: 'roads' })).toBe(
      'LOG_LEVEL must be one of the following values: fatal, error, warn, info, debug, trace, silent\n' +
        'ROADS_URL must be a URL address',
    );
  });
});

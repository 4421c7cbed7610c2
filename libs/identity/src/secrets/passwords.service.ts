import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** argon2id as OWASP recommends it: 19 MiB, 2 passes, one lane. Runs off the main thread. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class PasswordsService {
  /** Checked when there is no such user, so that the answer takes as long as when there is one. */
  private readonly nobody = hash('nobody has this password', ARGON2ID);

  hash(password: string): Promise<string> {
    return hash(password, ARGON2ID);
  }

  async matches(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    const same = await verify(passwordHash || (await this.nobody), password).catch(() => false);
    return Boolean(passwordHash) && same;
  }
}

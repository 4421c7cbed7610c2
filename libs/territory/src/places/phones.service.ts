import { Injectable, type OnModuleInit } from '@nestjs/common';
import { contactPolicy } from '#identity';
import { countryOfZone, Invalid, readPhone } from '#kernel';
import { OrganizationPolicies, type Tx } from '#platform';

/** Reads a number as somebody of this organisation wrote it. */
export interface PhoneReader {
  /** @throws Invalid NOT_A_PHONE naming `field` */
  read(text: string, field: string): string;
  /** Null when it is none. */
  tryRead(text: string): string | null;
}

/**
 * Telephone numbers in the one form in which they are kept (E.164). One without a country code belongs to the country
 * that the organisation names in its policy, or else to the country of its areas.
 */
@Injectable()
export class PhonesService implements OnModuleInit {
  constructor(private readonly policies: OrganizationPolicies) {}

  /** The first question makes a table of all zones, which takes a tenth of a second: not while somebody waits. */
  onModuleInit(): void {
    countryOfZone('Etc/UTC');
  }

  async reader(tx: Tx): Promise<PhoneReader> {
    const country = await this.country(tx);
    const tryRead = (text: string) => readPhone(text, country);
    return {
      tryRead,
      read(text, field) {
        const phone = tryRead(text);
        if (phone !== null) return phone;
        throw Invalid.field(
          field,
          country
            ? `must be a telephone number of ${country}, or one with its country code, such as +1 716 555 0123`
            : 'must be a telephone number with its country code, such as +1 716 555 0123',
          undefined,
          { code: 'NOT_A_PHONE' },
        );
      },
    };
  }

  private async country(tx: Tx): Promise<string | null> {
    const { country } = await this.policies.of(tx, contactPolicy);
    if (country !== 'auto') return country;
    const zones = await tx.sql<{ zone: string }>(
      `SELECT time_zone AS zone FROM areas WHERE archived_at IS NULL GROUP BY time_zone ORDER BY count(*) DESC, time_zone`,
    );
    for (const { zone } of zones) {
      const country = countryOfZone(zone);
      if (country) return country;
    }
    return null;
  }
}

import {
  type CountryCode,
  getCountries,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { bare } from './phone-digits.js';

/** Longer than any number that people write, with spaces, brackets and an extension. */
export const MAX_PHONE_LENGTH = 60;

/**
 * The one form in which telephone numbers are kept: E.164, and `;ext=` where there is an extension, so that `tel:` before
 * it makes a link (RFC 3966). Takes what people write: `(716) 555-0123`, `ext. 4`, full-width digits, `tel:`.
 *
 * @param country ISO 3166, of a number without its country code; null: such a number cannot be read
 * @returns null when it is no telephone number
 */
export function readPhone(text: string, country: string | null): string | null {
  if (text.length > MAX_PHONE_LENGTH) return null;
  const plain = bare(text).replace(/\(0\)/, '');
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const phone = parsePhoneNumberFromString(plain, { defaultCountry: home, extract: false });
  if (!phone?.isPossible()) return null;
  return phone.ext ? `${phone.number};ext=${phone.ext}` : phone.number;
}

/** As people in `country` write it: their own numbers without the country code, others with it. */
export function showPhone(kept: string, country: string | null): string {
  const phone = parsePhoneNumberFromString(kept, { extract: false });
  if (!phone) return kept;
  return phone.country && phone.country === country ? phone.formatNational() : phone.formatInternational();
}

let zones: Map<string, string> | undefined;

/** The country whose clocks hang in this zone; null for zones of the sea and of nobody. */
export function countryOfZone(timeZone: string): string | null {
  zones ??= new Map(
    getCountries().flatMap((country) => zonesOf(country).map((zone) => [canonical(zone), country] as const)),
  );
  return zones.get(canonical(timeZone)) ?? null;
}

/** A property in older runtimes, a method in newer ones. */
function zonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}

/** Countries whose numbers can be read without their country code. */
export const phoneCountries = (): readonly string[] => [...getCountries()].sort();

import { phoneCountries } from '#kernel';
import { definePolicy } from '#platform';

export const contactPolicy = definePolicy('contact', {
  /** Whose telephone numbers are written without a country code: ISO 3166, or `auto` for the country of the areas. */
  country: { default: 'auto', oneOf: ['auto', ...phoneCountries()] },
});

export const sessionRetentionPolicy = definePolicy('retention', {
  /** Sessions that have ended: from where and with what somebody signed in. */
  sessionDays: { default: 30, min: 1, max: 366 },
});

import { countryOfZone, showPhone } from '#kernel';

/** The country this device is in, by its clock or else its language. */
const here =
  countryOfZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ??
  new Intl.Locale(navigator.language).region ??
  null;

/** As people in this device's country write it. */
export const shownHere = (kept: string): string => showPhone(kept, here);

import type { Me } from '../api/types';

/** Whether somebody may do `action` to some `subject`, by the server's own table (`GET /me`). */
export const can = ({ abilities }: Me, action: string, subject: string): boolean =>
  // What an older version of the pages kept of the person has no abilities; they come with the next answer.
  abilities?.some((ability) => ability === `${action} ${subject}` || ability === `manage ${subject}`) ??
  false;

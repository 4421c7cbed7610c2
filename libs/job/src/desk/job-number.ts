/** What a column of type integer holds. */
export const MAX_JOB_NUMBER = 2_147_483_647;

/** The number of a job as somebody says it (`1042`, `#1042`, full-width too); null when the text is none. */
export function jobNumberIn(text: string): number | null {
  const said = /^#?\s*(\d{1,10})$/.exec(text.normalize('NFKC').trim())?.[1];
  const number = said === undefined ? 0 : Number(said);
  return number >= 1 && number <= MAX_JOB_NUMBER ? number : null;
}

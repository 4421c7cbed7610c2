/** A verdict as the server writes it, taken apart: `SKILL_LEVEL_TOO_LOW gas 1 < 2 level`. */
export interface Verdict {
  /** The code of what fails; the name of the rule when it is kept. */
  code: string;
  /** Which of several things it is about: which skill, which tool. */
  subject: string;
  actual: string;
  relation: '' | '>' | '<' | '>=' | '<=' | 'overlaps' | 'to' | 'in' | 'not in' | 'lacks' | 'has';
  limit: string;
  unit: '' | 'm' | 's' | 'tasks' | 'jobs' | 'level';
}

const MEASURED = /^(?:(.+) )?(\S+) (>=|<=|>|<|overlaps) (\S+)(?: (m|s|tasks|jobs|level))?$/;
const SPAN = /^(\d{4}-\d{2}-\d{2}T\S+) to (\d{4}-\d{2}-\d{2}T\S+)$/;
const NAMED = /^(.+?) (not in|in|lacks|has) (.+)$/;
const WAIT = /^(\d+) s left$/;

export function readVerdict(text: string): Verdict {
  const [code = '', ...words] = text.split(' ');
  const rest = words.join(' ');
  const nothing = { code, subject: '', actual: '', relation: '' as const, limit: '', unit: '' as const };
  const measured = MEASURED.exec(rest);
  if (measured) {
    const [, subject = '', actual = '', relation, limit = '', unit = ''] = measured;
    return { code, subject, actual, limit, ...({ relation, unit } as Pick<Verdict, 'relation' | 'unit'>) };
  }
  const span = SPAN.exec(rest);
  if (span) return { ...nothing, actual: span[1]!, relation: 'to', limit: span[2]! };
  const named = NAMED.exec(rest);
  if (named) {
    const [, actual = '', relation, limit = ''] = named;
    return { ...nothing, actual, limit, relation: relation as Verdict['relation'] };
  }
  const wait = WAIT.exec(rest);
  if (wait) return { ...nothing, actual: wait[1]!, unit: 's' };
  return rest === 'ok' ? nothing : { ...nothing, subject: rest };
}

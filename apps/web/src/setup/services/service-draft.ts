import { majorOf, moneyOf } from '#kernel';
import type { ServiceType, Skill } from '../../api/types';

/** `gas:3` as a tag of the form. */
const skillTag = ({ skill, level }: Skill): string => (level ? `${skill}:${level}` : skill);

function readSkillTag(tag: string): Skill {
  const match = /^(.+):([1-5])$/.exec(tag.trim());
  return match ? { skill: match[1]!.trim(), level: Number(match[2]) } : { skill: tag.trim() };
}

/** An amount as it stands in its field; empty: none. */
const written = (minor: number | null = null, currency: string | null = null): number | '' =>
  minor === null || currency === null ? '' : majorOf({ minor, currency });

/** A service type as its form holds it; a new one without `type`. */
export const draftOf = (type: ServiceType | null) => ({
  name: type?.name ?? '',
  code: type?.code ?? '',
  minutes: (type?.durationSeconds ?? 3_600) / 60,
  price: written(type?.priceMinor, type?.priceCurrency),
  pay: written(type?.payMinor, type?.payCurrency),
  currency: type?.priceCurrency ?? type?.payCurrency ?? 'CNY',
  skills: (type?.skills ?? []).map(skillTag),
  equipment: type?.equipment ?? [],
  proofRequired: type?.proofRequired ?? [],
  checklist: (type?.checklist ?? []).map(({ text, required = false }, key) => ({ key, text, required })),
  priority: type?.priority ?? 0,
  active: type?.active ?? true,
});

export type ServiceDraft = ReturnType<typeof draftOf>;

/** What is sent of it. */
export function bodyOf({
  minutes,
  priority,
  price,
  pay,
  currency,
  skills,
  checklist,
  ...rest
}: ServiceDraft) {
  const code = currency.trim().toUpperCase();
  const minor = (amount: number | '') => (amount === '' ? null : moneyOf(Number(amount), code).minor);
  return {
    ...rest,
    name: rest.name.trim(),
    code: rest.code.trim(),
    // A number may be on its way to one.
    durationSeconds: Math.round((Number(minutes) || 1) * 60),
    priority: Number(priority) || 0,
    priceMinor: minor(price),
    priceCurrency: price === '' ? null : code,
    payMinor: minor(pay),
    payCurrency: pay === '' ? null : code,
    skills: skills.map(readSkillTag),
    checklist: checklist
      .filter(({ text }) => text.trim())
      .map(({ text, required }) => ({ text: text.trim(), required })),
  };
}

import { createHash, randomBytes } from 'node:crypto';

/**
 * What people typed stands beside the log, not in it: the fact holds a seal of the text, the text itself lies in `fact_texts`,
 * where it can be erased. The chain is over the seal, so it holds before and after, and a text that was exchanged is found out.
 */

/** The fields of a fact's data that people fill by hand. */
const TYPED = ['reason', 'note', 'text'] as const;
/** Chosen from a list. */
const CHOSEN = /^[a-z_]{1,60}$/;

export interface SealedTexts {
  salt: string;
  texts: Record<string, string>;
}

const seal = (salt: string, field: string, text: string) =>
  createHash('sha256').update(`${salt}\n${field}\n${text}`).digest('base64url');

/** What goes into the fact, and what beside it; null when nothing was typed. */
export function sealTexts(data: unknown): { data: unknown; beside: SealedTexts | null } {
  if (typeof data !== 'object' || data === null) return { data, beside: null };
  const record = data as Record<string, unknown>;
  const typed = TYPED.filter((field) => {
    const text = record[field];
    return typeof text === 'string' && text !== '' && !CHOSEN.test(text);
  });
  if (typed.length === 0) return { data, beside: null };
  const salt = randomBytes(16).toString('base64url');
  const texts = Object.fromEntries(typed.map((field) => [field, record[field] as string]));
  const sealed = Object.fromEntries(typed.map((field) => [field, seal(salt, field, texts[field]!)]));
  const empty = Object.fromEntries(typed.map((field) => [field, null]));
  return { data: { ...record, ...empty, sealed }, beside: { salt, texts } };
}

/** A fact's data with its texts again; an erased text is null, one that was exchanged says so. */
export function openTexts(data: unknown, beside: SealedTexts | null): unknown {
  if (typeof data !== 'object' || data === null || !('sealed' in data)) return data;
  const { sealed, ...rest } = data as Record<string, unknown> & { sealed: Record<string, string> };
  if (!beside) return rest;
  const texts = Object.entries(beside.texts).filter(([field]) => field in sealed);
  const read = texts.map(([field, text]) => [
    field,
    seal(beside.salt, field, text) === sealed[field] ? text : '(this is not the text that was recorded)',
  ]);
  return { ...rest, ...Object.fromEntries(read) };
}

import type { NextFunction, Request, Response } from 'express';
import { DomainError, Invalid, normalText } from '#kernel';

/** Deeper than anything a client of ours sends; what goes on for thousands of levels would exhaust the stack. */
const MOST_LEVELS = 32;

/** With the `u` flag a surrogate matches only when its other half is missing. */
const BROKEN = /[\0\uD800-\uDFFF]/u;

export const isStorable = (text: string) => !BROKEN.test(text);

/**
 * Refuses what parses and still cannot be kept: texts with NUL or half a surrogate pair, and values nested without end.
 * @throws Invalid naming the field; DomainError TOO_DEEP (400).
 */
export function checkPlain(value: unknown): void {
  const waiting: { value: unknown; path: string; level: number }[] = [{ value, path: '', level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: part, path, level } = next;
    if (typeof part === 'string' && !isStorable(part))
      throw Invalid.field(path || 'body', 'must not contain NUL or broken Unicode characters');
    if (typeof part !== 'object' || part === null) continue;
    if (level >= MOST_LEVELS)
      throw new DomainError('TOO_DEEP', 400, `Nothing may be nested deeper than ${MOST_LEVELS} levels.`, {
        limit: MOST_LEVELS,
      });
    const inside = (name: string) => (path ? `${path}.${name}` : name);
    if (Array.isArray(part))
      part.forEach((item, at) => {
        waiting.push({ value: item, path: `${path}[${at}]`, level: level + 1 });
      });
    else
      for (const [name, item] of Object.entries(part)) {
        if (!isStorable(name))
          throw Invalid.field(path || 'body', 'has a name with NUL or broken Unicode characters');
        waiting.push({ value: item, path: inside(name), level: level + 1 });
      }
  }
}

/** Signs and letters that need no look: none of them can be composed of others. */
const SIMPLE = /^[\0-\u02FF]*$/;

/** Secrets are compared with what was set, letter by letter. */
const isSecret = (name: string) => /password|secret|token/i.test(name);

/** Writes every text of a body in composed letters (NFC), in place: what looks the same is kept and found as the same. */
export function composeTexts(body: object): void {
  const waiting: object[] = [body];
  for (let part = waiting.pop(); part; part = waiting.pop())
    for (const [name, item] of Object.entries(part))
      if (typeof item === 'object' && item !== null) waiting.push(item as object);
      else if (typeof item === 'string' && !SIMPLE.test(item) && !isSecret(name))
        (part as Record<string, unknown>)[name] = normalText(item);
}

/** Express middleware. */
export function plainQuery(request: Request, _response: Response, next: NextFunction): void {
  try {
    checkPlain(request.query);
    next();
  } catch (error) {
    next(error);
  }
}

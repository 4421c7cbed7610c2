import type { NextFunction, Request, Response } from 'express';
import { Invalid, normalText, tooDeep } from '#kernel';

/** Deeper than anything a client of ours sends; what goes on for thousands of levels would exhaust the stack. */
export const MAX_LEVELS = 32;

/** With the `u` flag a surrogate matches only when its other half is missing. */
const BROKEN = /[\0\uD800-\uDFFF]/u;

export const isStorable = (text: string) => !BROKEN.test(text);

/** What would reach into every object where it is copied. */
const isUnsafe = (name: string) => name === '__proto__' || name === 'constructor' || name === 'prototype';

/**
 * Refuses what parses and still cannot be kept: texts with NUL or half a surrogate pair, and values nested without end.
 * Takes out fields named like those of a prototype.
 *
 * @throws Invalid naming the field; DomainError TOO_DEEP (400).
 */
export function checkPlain(value: unknown): void {
  const path: (string | number)[] = [];
  const refuse = (message: string) => {
    throw Invalid.field(pathText(path) || 'body', message);
  };
  // Goes no deeper than MOST_LEVELS; the path is written out only when it is told.
  const check = (part: unknown): void => {
    if (typeof part === 'string' && !isStorable(part))
      refuse('must not contain NUL or broken Unicode characters');
    if (typeof part !== 'object' || part === null) return;
    if (path.length >= MAX_LEVELS) throw tooDeep(MAX_LEVELS);
    if (Array.isArray(part))
      for (let at = 0; at < part.length; at++) {
        if (typeof part[at] === 'number') continue;
        path.push(at);
        check(part[at]);
        path.pop();
      }
    else
      for (const name of Object.keys(part)) {
        if (!isStorable(name)) refuse('has a name with NUL or broken Unicode characters');
        if (isUnsafe(name)) {
          delete part[name as keyof object];
          continue;
        }
        path.push(name);
        check(part[name as keyof object]);
        path.pop();
      }
  };
  check(value);
}

const pathText = (path: (string | number)[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    '',
  );

/** Signs and letters that need no look: none of them can be composed of others. */
const SIMPLE = /^[\0-\u02FF]*$/;

/** Secrets are compared with what was set, letter by letter. */
const isSecret = (name: string) => /password|secret|token/i.test(name);

/**
 * Writes every text of a body in composed letters (NFC), in place: what looks the same is kept and found as the same.
 * Stands behind `checkPlain`, which bounds how deep it goes.
 */
export function composeTexts(body: object): void {
  if (Array.isArray(body)) {
    for (let at = 0; at < body.length; at++) {
      const item: unknown = body[at];
      if (typeof item === 'string') {
        if (!SIMPLE.test(item)) body[at] = normalText(item);
      } else if (typeof item === 'object' && item !== null) composeTexts(item);
    }
    return;
  }
  const fields = body as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const item = fields[name];
    if (typeof item === 'string') {
      if (!SIMPLE.test(item) && !isSecret(name)) fields[name] = normalText(item);
    } else if (typeof item === 'object' && item !== null) composeTexts(item);
  }
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

import type { NextFunction, Request, Response } from 'express';

const WITHIN_MS = 10_000;

/**
 * Express middleware. What a refused request still sends is thrown away, so that its sender gets to read the refusal;
 * whoever goes on sending for longer is cut off.
 */
export function discardUnread(request: Request, response: Response, next: NextFunction): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.resume();
    const timer = setTimeout(() => request.destroy(), WITHIN_MS).unref();
    request.once('close', () => clearTimeout(timer));
  });
  next();
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import type { Site } from './site.entity.js';

const TAG = /^DS1\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;

/**
 * `DS1.<site>.<mac>`: the site's id and the first 128 bits of HMAC-SHA-256 over organisation, site and serial, each
 * base64url. Nobody without the secret can print a tag for a door they have not stood at.
 */
@Injectable()
export class SiteTagsService {
  constructor(private readonly env: Env) {}

  tagOf(site: Pick<Site, 'id' | 'orgId' | 'tagSerial'>): string {
    const id = Buffer.from(site.id.replaceAll('-', ''), 'hex').toString('base64url');
    const mac = createHmac('sha256', this.env.QR_SECRET)
      .update(`site-tag|${site.orgId}|${site.id}|${site.tagSerial}`)
      .digest()
      .subarray(0, 16);
    return `DS1.${id}.${mac.toString('base64url')}`;
  }

  /** The id a tag claims; null when it is not a tag. */
  siteIdIn(tag: string): string | null {
    const encoded = TAG.exec(tag.trim())?.[1];
    if (!encoded) return null;
    const hex = Buffer.from(encoded, 'base64url').toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  matches(site: Pick<Site, 'id' | 'orgId' | 'tagSerial'>, tag: string): boolean {
    const [given, right] = [Buffer.from(tag.trim()), Buffer.from(this.tagOf(site))];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}

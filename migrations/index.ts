import { readdirSync } from 'node:fs';
import type { MigrationInterface } from 'typeorm';

type Migration = new () => MigrationInterface;

const files = readdirSync(import.meta.dirname).filter((name) => /^\d{14}-.+\.js$/.test(name));
const modules = files.sort().map((name): Promise<Record<string, Migration>> => import(`./${name}`));

/** One class from each file here whose name starts with a time (YYYYMMDDHHMMSS), in that order. */
export const migrations: Migration[] = (await Promise.all(modules)).flatMap(Object.values<Migration>);

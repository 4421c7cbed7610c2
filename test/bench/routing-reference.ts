import { readFileSync } from 'node:fs';

/** What other solvers reached on an instance; a cell that is empty is undefined. */
export interface ReferenceRow {
  best?: number;
  vroom?: number;
  vroomSeconds?: number;
}

/** Reads a reference table: columns instance, best_known_distance, vroom_x5_distance, vroom_x5_wall_s by name. */
export function readReference(file: string): Map<string, ReferenceRow> {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',').map((c) => c.trim());
  return new Map(
    lines.map((line) => {
      const cells = line.split(',').map((c) => c.trim());
      const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
      const number = (name: string) => (cell(name) === '' ? undefined : Number(cell(name)));
      return [
        cell('instance').toLowerCase(),
        {
          best: number('best_known_distance'),
          vroom: number('vroom_x5_distance'),
          vroomSeconds: number('vroom_x5_wall_s'),
        },
      ];
    }),
  );
}

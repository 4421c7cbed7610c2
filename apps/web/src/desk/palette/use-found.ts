import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { jobNumberIn } from '#libs/job/src/desk/job-number';
import { api } from '../../api/api';
import type { CallerView } from '../../api/types';
import { heldJob } from '../../store/held-job';
import { useCallers } from '../create/use-callers';
import type { PaletteJob } from './palette-entries';

const NOBODY: readonly CallerView[] = [];

/** What only the server knows: a job by its number, however long ago it ended, and callers by their number. */
export function useFound(text: string, mayCreate: boolean) {
  const [typed] = useDebouncedValue(text, 150);
  const number = jobNumberIn(typed);
  const numbered = useQuery({
    queryKey: ['jobs', 'number', number],
    queryFn: ({ signal }) => api.get('/jobs', { query: { number, limit: 1 }, signal }),
    enabled: number !== null,
  });
  const found = useCallers(mayCreate ? text : '');
  const callers = found.length > 0 ? found : NOBODY;
  const items = number === null ? undefined : numbered.data?.items;
  const earlier = useMemo(
    (): PaletteJob[] => [
      ...(items ?? []).map(heldJob),
      ...callers.flatMap(({ name, recent }) => recent.map((job) => ({ ...job, contactName: name }))),
    ],
    [items, callers],
  );
  return { callers, earlier };
}

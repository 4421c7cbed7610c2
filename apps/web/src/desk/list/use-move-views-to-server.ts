import { useEffect } from 'react';
import { api } from '../../api/api';
import { Problem } from '../../api/problem';
import { queryClient } from '../../api/query-client';

/** Where views were kept before the server kept them. */
const KEY = 'doorstep.views';

interface LocalView {
  name: string;
  search: string;
}

function readLocalViews(): LocalView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.name === 'string') : [];
  } catch {
    return [];
  }
}

/** Gives the server what this browser kept; what it will not take (a name that is there already) is dropped, the rest stays. */
async function moveToServer(): Promise<void> {
  let left = readLocalViews();
  for (const { name, search } of left) {
    try {
      await api.post('/saved-views', { body: { name: name.slice(0, 80), search: search ?? '' } });
    } catch (error) {
      if (!(error instanceof Problem) || ![409, 422].includes(error.status)) break;
    }
    left = left.filter((one) => one.name !== name);
  }
  if (left.length > 0) localStorage.setItem(KEY, JSON.stringify(left));
  else localStorage.removeItem(KEY);
  await queryClient.invalidateQueries({ queryKey: ['saved-views'] });
}

let handing = false;

export function useMoveViewsToServer(): void {
  useEffect(() => {
    if (handing || readLocalViews().length === 0) return;
    handing = true;
    void moveToServer().finally(() => {
      handing = false;
    });
  }, []);
}

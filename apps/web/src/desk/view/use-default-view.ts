import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/api';
import { useCan } from '../../session/use-can';

export const useMaySaveViews = (): boolean => useCan('create', 'SavedView');

export const useSavedViews = (enabled: boolean) =>
  useQuery({
    queryKey: ['saved-views'],
    queryFn: () => api.get('/saved-views'),
    enabled,
  });

let opened = false;

/** The map writes its own place into the address, at times before the views have come. */
function asksForNothing(): boolean {
  const asked = new URLSearchParams(window.location.search);
  asked.delete('at');
  return window.location.pathname === '/' && asked.size === 0;
}

/** Opens the desk with the view its person chose, if the address asks for nothing else; once for each time the page is loaded. */
export function useDefaultView(): void {
  const navigate = useNavigate();
  const may = useMaySaveViews();
  const [fresh] = useState(() => !opened && window.location.search === '');
  // Not while rendering: what is rendered while words are still on their way is thrown away and rendered again.
  useEffect(() => {
    opened = true;
  }, []);
  const { data } = useSavedViews(fresh && may);
  const applied = useRef(false);
  useEffect(() => {
    if (!fresh || !data || applied.current) return;
    // Only the view that is the default when the page opens: one that is chosen later changes nothing here.
    applied.current = true;
    const search = data.items.find((view) => view.isDefault)?.search;
    if (search && asksForNothing()) navigate({ search: `?${search}` }, { replace: true });
  }, [fresh, data, navigate]);
}

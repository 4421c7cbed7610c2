import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { readView, type View, writeView } from './view-state';

/**
 * The view and how to change it. Choosing something makes a step that "back" undoes; typing and panning do not.
 */
export function useView(): [View, (change: Partial<View>, options?: { quietly?: boolean }) => void] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const change = useCallback(
    (part: Partial<View>, options: { quietly?: boolean } = {}) => {
      // From the address as it is now: two changes in one event must not undo each other.
      const present = readView(new URLSearchParams(window.location.search));
      const text = writeView({ ...present, ...part }).toString();
      navigate({ search: text ? `?${text}` : '' }, { replace: options.quietly ?? false });
    },
    [navigate],
  );
  return [view, change];
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Pointed } from './board-card';

/** So that a mouse on its way across the board opens nothing. */
const REST_MS = 250;

/** Which visit has its card open: the one under the mouse, the one with the keyboard, or the one that was tapped. */
export function usePointed() {
  const [shown, setShown] = useState<{ pointed: Pointed; pinned: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    setShown(null);
  }, []);
  const point = useCallback((pointed: Pointed | null) => {
    clearTimeout(timer.current);
    if (pointed) timer.current = setTimeout(() => setShown({ pointed, pinned: false }), REST_MS);
    else setShown((before) => (before?.pinned ? before : null));
  }, []);
  const pin = useCallback((pointed: Pointed) => {
    clearTimeout(timer.current);
    setShown({ pointed, pinned: true });
  }, []);
  const open = shown !== null;
  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!(event.target as Element).closest('[role="dialog"]')) hide();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey);
    };
  }, [open, hide]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { shown, point, pin, hide };
}

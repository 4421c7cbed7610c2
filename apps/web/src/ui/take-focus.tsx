import { type ReactNode, useEffect, useRef } from 'react';

/** Around a form that arrives after its door was opened: whoever opened it types into it, not at the page behind. */
export function TakeFocus({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (!current || current.contains(document.activeElement)) return;
    current
      .querySelector<HTMLElement>(':is(input, button, select, textarea):not(:disabled)')
      ?.focus({ preventScroll: true });
  }, []);
  return <div ref={box}>{children}</div>;
}

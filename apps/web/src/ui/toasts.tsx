import { useHotkeys } from '@mantine/hooks';
import { notifications, useNotifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { LazyBoundary, lazyWithRetry } from './lazy-boundary';
import { toaster } from './toaster';
import { whenIdle } from './when-idle';

const ToastList = lazyWithRetry(() => import('./toast-list'));

/** Where toasts appear. The first rows of a page do not wait for it. */
export function Toasts() {
  const shown = useNotifications().notifications.length > 0;
  const [idle, setIdle] = useState(false);
  useHotkeys([['mod+Z', () => void toaster.undoLast()]]);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  useEffect(() => () => notifications.clean(), []);
  if (!shown && !idle) return null;
  return (
    <LazyBoundary dialog>
      <ToastList />
    </LazyBoundary>
  );
}

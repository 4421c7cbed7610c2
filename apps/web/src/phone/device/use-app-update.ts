import { registerSW } from 'virtual:pwa-register';
import { useEffect, useState } from 'react';

/** Registers the service worker; answers how to change to a newer version once one lies ready, else null. */
export function useAppUpdate(): (() => void) | null {
  const [update, setUpdate] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const change = registerSW({
      immediate: true,
      onNeedRefresh: () => setUpdate(() => () => void change(true)),
    });
  }, []);
  return update;
}

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

let installEvent: InstallEvent | null = null;
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installEvent = event as InstallEvent;
});

/** Asks whether to install the app; null where the browser does not offer it (or it is installed). */
export const installer = (): (() => void) | null => (installEvent ? () => void installEvent?.prompt() : null);

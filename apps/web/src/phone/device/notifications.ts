/** What the browser lets this page do: `unsupported` also on an iPhone whose page is not on the Home Screen. */
export type NotificationAccess = 'unsupported' | 'default' | 'granted' | 'denied';

export const notificationAccess = (): NotificationAccess =>
  'Notification' in globalThis ? Notification.permission : 'unsupported';

/** Asks the person once; must be called from a tap. */
export async function askForNotifications(): Promise<NotificationAccess> {
  return 'Notification' in globalThis ? Notification.requestPermission() : 'unsupported';
}

/** Shows the offer outside the page, through the service worker, the only way that phones have. Never throws. */
export async function notifyOfOffer(offer: { id: string; title: string; body: string }): Promise<void> {
  if (notificationAccess() !== 'granted') return;
  const { id: tag, title, body } = offer;
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration
    ?.showNotification(title, { body, tag, icon: '/icon.svg', requireInteraction: true })
    .catch(() => undefined);
}

export async function closeOfferNotification(tag: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications({ tag })) ?? []) shown.close();
}

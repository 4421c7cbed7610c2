// Part of the service worker: a tap on a notification brings the phone's page to the front, or opens it.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((pages) => {
      const page = pages.find(({ url }) => new URL(url).pathname.startsWith('/phone'));
      return page ? page.focus() : self.clients.openWindow('/phone');
    }),
  );
});

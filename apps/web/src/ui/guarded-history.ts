import type { To, UNSAFE_createBrowserHistory } from 'react-router';
import { unsaved } from './unsaved';

type History = ReturnType<typeof UNSAFE_createBrowserHistory>;

/**
 * A history that leads to another page only when nothing typed is lost by it, or when the person agrees. The router's own
 * blocker belongs to its data router, whose script (17 kB gzipped) nothing else here would use.
 */
export function guardedHistory(history: History): History {
  let here = history.location.pathname;
  /** The next step is only back to where we are. */
  let returning = false;
  const guarded =
    (go: History['push']): History['push'] =>
    (to: To, state) =>
      history.createURL(to).pathname === here ? go(to, state) : unsaved.ask(() => go(to, state));
  const changed: Partial<History> = {
    push: guarded(history.push),
    replace: guarded(history.replace),
    listen: (tell) =>
      history.listen((update) => {
        const { action, delta, location } = update;
        if (returning) {
          returning = false;
          return;
        }
        if (action === 'POP' && delta && location.pathname !== here && unsaved.holds()) {
          // The browser has gone there already.
          returning = true;
          history.go(-delta);
          return unsaved.ask(() => history.go(delta));
        }
        here = location.pathname;
        tell(update);
      }),
  };
  return Object.assign(Object.create(history) as History, changed);
}

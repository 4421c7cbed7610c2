import { worthKeeping } from '../../offline/positions';

export type WatchStatus = 'off' | 'asking' | 'on' | 'denied' | 'unavailable';

interface SeenFix {
  lat: number;
  lon: number;
  accuracyMetres: number | null;
  heading: number | null;
  speed: number | null;
  /** By the phone's clock, ms. */
  atMs: number;
}

interface Wants {
  onFix(fix: SeenFix): void;
  onStatus(status: WatchStatus): void;
}

const PERMISSION_DENIED = 1;

/** Where this phone is, while the page is open. A browser says nothing once the page is hidden or the screen locked. */
export class PositionWatch {
  private id: number | null = null;
  last: SeenFix | null = null;

  start(wants: Wants): void {
    if (this.id !== null) return;
    if (!navigator.geolocation) {
      wants.onStatus('unavailable');
      return;
    }
    wants.onStatus('asking');
    this.id = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        wants.onStatus('on');
        const fix = {
          lat: coords.latitude,
          lon: coords.longitude,
          accuracyMetres: coords.accuracy,
          heading: Number.isFinite(coords.heading) ? coords.heading : null,
          speed: Number.isFinite(coords.speed) ? coords.speed : null,
          atMs: timestamp,
        };
        if (!worthKeeping(this.last, fix)) return;
        this.last = fix;
        wants.onFix(fix);
      },
      (error) => wants.onStatus(error.code === PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
    );
  }

  stop(): void {
    if (this.id !== null) navigator.geolocation.clearWatch(this.id);
    this.id = null;
    this.last = null;
  }
}

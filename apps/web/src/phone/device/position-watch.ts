import { isPosition, knownOrNull, worthKeeping } from '../../offline/positions';

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
/** `watchPosition` is silent while nothing moves; the desk wants a position every minute all the same. */
const LOOK_EVERY_MS = 15_000;
const SILENT_AFTER_MS = 40_000;

/** Where this phone is, while the page is open. A browser says nothing once the page is hidden or the screen locked. */
export class PositionWatch {
  private id: number | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  last: SeenFix | null = null;

  start(wants: Wants): void {
    if (this.id !== null) return;
    if (!navigator.geolocation) {
      wants.onStatus('unavailable');
      return;
    }
    wants.onStatus('asking');
    const found = ({ coords, timestamp }: GeolocationPosition) => {
      wants.onStatus('on');
      const fix = {
        lat: coords.latitude,
        lon: coords.longitude,
        accuracyMetres: coords.accuracy,
        heading: knownOrNull(coords.heading),
        speed: knownOrNull(coords.speed),
        atMs: timestamp,
      };
      if (!isPosition(fix) || !worthKeeping(this.last, fix)) return;
      this.last = fix;
      wants.onFix(fix);
    };
    const failed = ({ code }: GeolocationPositionError) =>
      wants.onStatus(code === PERMISSION_DENIED ? 'denied' : 'unavailable');
    const how = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 };
    this.id = navigator.geolocation.watchPosition(found, failed, how);
    this.timer = setInterval(() => {
      if (Date.now() - (this.last?.atMs ?? 0) < SILENT_AFTER_MS) return;
      navigator.geolocation.getCurrentPosition(found, failed, how);
    }, LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.id !== null) navigator.geolocation.clearWatch(this.id);
    clearInterval(this.timer);
    this.id = null;
    this.last = null;
  }
}

import { useEffect, useState } from 'react';

/** A finger that was on its way to something else when the offer appeared, milliseconds. */
const GUARD_MS = 700;

/** False while a tap may have been begun for what stood there before. */
export function useAcceptsTaps(): boolean {
  const [takesTaps, setTakesTaps] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTakesTaps(true), GUARD_MS);
    return () => clearTimeout(timer);
  }, []);
  return takesTaps;
}

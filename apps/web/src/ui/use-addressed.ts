import { useLayoutEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { Echo } from './echo';

/**
 * A control whose value is kept in the address. The address follows a moment later, so the control shows what the person
 * did last, and takes a value from the address only when somebody else put it there (the way back, a link, a saved view).
 */
export function useAddressed<T>(inAddress: T, write: (value: T) => void): [T, (value: T) => void] {
  const { key } = useLocation();
  const [shown, show] = useState(inAddress);
  const [echo] = useState(() => new Echo(JSON.stringify(inAddress)));
  const arrived = JSON.stringify(inAddress);
  const latest = useRef(inAddress);
  latest.current = inAddress;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each step of the address, whatever it changes
  useLayoutEffect(() => {
    if (echo.isForeign(arrived)) show(latest.current);
  }, [arrived, key, echo]);
  const change = (value: T) => {
    show(value);
    echo.sent(JSON.stringify(value));
    write(value);
  };
  return [shown, change];
}

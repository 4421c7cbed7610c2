import { useEffect, useState } from 'react';

type Show = (kept: string) => string;

const asKept: Show = (kept) => kept;

let loaded: Show | null = null;

/**
 * A kept telephone number as people here write it: without its country code where it is of this country. The rules of all
 * countries come after the page; until then, and without a line, it stands as it is kept.
 */
export function PhoneText({ number }: { number: string }) {
  return <span className="tnum">{usePhoneWords()(number)}</span>;
}

/** The same where only text will do. */
export function usePhoneWords(): Show {
  const [show, setShow] = useState<Show | null>(() => loaded);
  useEffect(() => {
    if (show) return;
    let current = true;
    import('./phone-words')
      .then(({ shownHere }) => {
        loaded = shownHere;
        if (current) setShow(() => shownHere);
      })
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [show]);
  return show ?? asKept;
}

import { useSearchParams } from 'react-router';

type Set = (name: string, value: string | null, options?: { replace?: boolean }) => void;

/** The parameters of the address, and how to set one: from the address as it is now, so that two changes in a row both count. */
export function useAddress(): [URLSearchParams, Set] {
  const [search, setSearch] = useSearchParams();
  const set: Set = (name, value, options) => {
    const present = new URLSearchParams(window.location.search);
    if (value) present.set(name, value);
    else present.delete(name);
    setSearch(present, options);
  };
  return [search, set];
}

import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api';
import type { CallerView } from '../../api/types';

const MIN_DIGITS = 4;
const digitsIn = (text: string): number => text.normalize('NFKC').replaceAll(/\D/g, '').length;

/** Whom a telephone number, or its last digits, was given for before; nobody while it is too short to tell. */
export function useCallers(phone: string): readonly CallerView[] {
  const [asked] = useDebouncedValue(phone.trim(), 150);
  // A name with a number in it is no telephone number; an extension's own word is.
  const isNumber = (text: string) =>
    digitsIn(text) >= MIN_DIGITS && !/\p{L}{3}/u.test(text.replaceAll(/^\s*tel:|ext(ension)?\b/gi, ''));
  const { data } = useQuery({
    queryKey: ['callers', asked],
    queryFn: ({ signal }) => api.get('/callers', { query: { phone: asked }, signal }),
    enabled: isNumber(asked) && asked.length <= 40,
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
  return isNumber(phone) ? (data?.items ?? []) : [];
}

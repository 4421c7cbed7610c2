import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { Problem } from './problem';

type Options<R, V> = Omit<UseMutationOptions<R, unknown, V>, 'mutationFn'>;

/**
 * Sends what a form, a dialog or a button says, once. While it is on its way the same thing is not sent again, and until
 * it has succeeded every try carries the same idempotency key, so that a second try after a lost answer is answered and
 * not done twice. Different `values` are different things.
 *
 * @param send passes `key` on to `call`
 */
export function useSend<R, V = void>(
  send: (key: string, values: V) => Promise<R>,
  options: Options<R, V> = {},
) {
  const { current: keys } = useRef(new Map<string, string>());
  const { current: onTheWay } = useRef(new Set<string>());
  const { mutate, ...mutation } = useMutation<R, unknown, V>({
    ...options,
    mutationFn: async (values) => {
      const what = JSON.stringify(values) ?? '';
      const key = keys.get(what) ?? crypto.randomUUID();
      keys.set(what, key);
      try {
        const answer = await send(key, values);
        keys.delete(what);
        return answer;
      } catch (error) {
        // The first try has arrived after all. Who has been told so and sends again means another one.
        if (error instanceof Problem && error.code === 'IDEMPOTENCY_KEY_REUSED') keys.delete(what);
        throw error;
      } finally {
        onTheWay.delete(what);
      }
    },
  });
  return {
    ...mutation,
    send: (values: V, then?: Parameters<typeof mutate>[1]): void => {
      const what = JSON.stringify(values) ?? '';
      if (onTheWay.has(what)) return;
      onTheWay.add(what);
      mutate(values, then);
    },
  };
}

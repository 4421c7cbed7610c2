/** Does `work` when the page has nothing else to do, within ten seconds. Returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 3_000);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, { timeout: 10_000 });
  return () => cancelIdleCallback(asked);
}

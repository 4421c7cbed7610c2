/** Does `run` at once, and then for all that is asked for meanwhile once more, at most every `ms`. */
export function throttle(ms: number, run: () => void): () => void {
  let resting = false;
  let again = false;
  const go = () => {
    again = false;
    resting = true;
    run();
    setTimeout(() => {
      resting = false;
      if (again) go();
    }, ms);
  };
  return () => {
    if (resting) again = true;
    else go();
  };
}

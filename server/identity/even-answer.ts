/**
 * Answers only at whole multiples of `milliseconds` after it was asked, whether the work succeeds or refuses: how long it
 * took then tells nothing about what was found, also on a day when everything is slow.
 */
export async function answerEvenly<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const [outcome] = await Promise.allSettled([work()]);
  const took = performance.now() - begun;
  const beats = Math.max(1, Math.ceil(took / milliseconds));
  await new Promise((resolve) => setTimeout(resolve, beats * milliseconds - took));
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/** Longer than hashing a password and writing an account take on a machine that is not overloaded. */
export const EVEN_MILLISECONDS = 250;

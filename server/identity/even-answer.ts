/**
 * Answers no sooner than `milliseconds` after it was asked, whether the work succeeds or refuses: how long it took then
 * tells nothing about what was found.
 */
export async function answerEvenly<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/** Longer than hashing a password and writing an account take, on a slow machine too. */
export const EVEN_MILLISECONDS = 250;

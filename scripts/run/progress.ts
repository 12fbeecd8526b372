import { styleText } from "node:util";

/** Where progress is told; a test collects it. */
export type Say = (line: string) => void;

const firstWordAfterMs = 2_000;
const wordEveryMs = 10_000;

/**
 * Does one step of the start and says when it is done and how long it took; a long one says that it is at it. Passes on
 * what the step throws, with the step's name.
 */
export async function step<T>(say: Say, name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const elapsed = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
  const mention = () => say(styleText("dim", `  … ${name}, ${elapsed()}`));
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    mention();
    repeat = setInterval(mention, wordEveryMs);
  }, firstWordAfterMs);
  try {
    const result = await work();
    say(`  ${styleText("green", "✓")} ${name} ${styleText("dim", elapsed())}`);
    return result;
  } catch (error) {
    say(`  ${styleText("red", "✗")} ${name}`);
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Recorded {
  cassette: string;
  version: string;
  /** When it was answered, as HTTP writes dates. */
  recorded_at: string;
  method: string;
  path: string;
  request: string | null;
  status: number | string;
  response: unknown;
}

/** Answers that followed upon each other on one account at one time. */
export type Story = readonly Recorded[];

/** Where the recorded answers lie, when they are at hand; they are no part of this project. */
export const referenceDir = process.env.STRIPE_REFERENCE_DIR || undefined;

export function readStories(dir: string): Story[] {
  const file = JSON.parse(readFileSync(join(dir, "stripe-recorded-reference.json"), "utf8")) as {
    interactions: Recorded[];
  };
  const stories = Map.groupBy(file.interactions, (one) => `${one.cassette} ${one.version}`);
  return [...stories.values()];
}

import { liveInOwnShop } from "../scripts/time-machine/own-shop.ts";

/** Half of them yearly; the seed says who they are and what befalls them. */
const YEAR = { size: 2_000, days: 365, seed: 7 } as const;

export type TimeMachineFigures = {
  /** The days alone, with everything that was done in them: from the moment that all have joined until the last day is done. */
  readonly seconds: number;
  /** How long everybody took to sign up and buy through the payment page, before the year. */
  readonly joining: number;
  /** Members who joined in a second. */
  readonly joined: number;
  /** Renewals and retries that were charged or refused in the year. */
  readonly charges: number;
};

/**
 * A year of 2,000 memberships through the product's own inbox, jobs, sweeps and Stripe SDK against a sandbox, in a shop
 * of its own. The joining before it is told by itself.
 */
export async function measureTimeMachine(): Promise<TimeMachineFigures> {
  const { took, broken, tries, joins } = await liveInOwnShop(YEAR, (line) => console.error(`  ${line}`));
  if (broken.length > 0) throw new Error(`the year broke an invariant: ${broken.slice(0, 3).join("; ")}`);
  return { seconds: took, charges: tries, joining: joins.seconds, joined: joins.members / joins.seconds };
}

import { randomUUID } from "node:crypto";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "../trpc/router.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import type { Spool, SpooledUsage } from "./spool.ts";

export type Usage = Omit<SpooledUsage, "idempotencyKey"> & {
  /** Names this one use for ever; made up where it is left out. Give your own to send it again after a crash. */
  readonly idempotencyKey?: string;
  /** `open`: when the shop cannot be asked, the use is let happen and told later. `closed` (the default): it throws. */
  readonly failMode?: "open" | "closed";
};

export type SpendResult =
  | {
      readonly outcome: "spent";
      readonly newTotal: number;
      readonly replayed: boolean;
      readonly idempotencyKey: string;
    }
  /** The shop could not be asked. It is in the spool, and `replay()` tells it. */
  | { readonly outcome: "spooled"; readonly idempotencyKey: string };

/**
 * Uses credits before something is done for them. Refused (`credits.insufficient`, `credits.over_budget`) it throws, in
 * either mode: only silence of the shop opens. A call that was cut off is sent again under the same key, so it counts once.
 */
export async function spendCredits(
  api: TRPCClient<AppRouter>,
  spool: Spool | null,
  usage: Usage,
): Promise<SpendResult> {
  const { failMode = "closed", idempotencyKey = randomUUID(), ...rest } = usage;
  const item = { ...rest, idempotencyKey };
  try {
    const { newTotal, replayed } = await api.credits.consume.mutate(item);
    return { outcome: "spent", newTotal, replayed, idempotencyKey };
  } catch (error) {
    if (failMode !== "open" || !refusalOf(error)?.temporary) throw error;
    if (!spool) throw new TypeError("Usage can only be let happen where a spool keeps it.", { cause: error });
    await spool.append(item);
    return { outcome: "spooled", idempotencyKey };
  }
}

/**
 * Refusals for which usage that has happened is told all the same. A key that was used may have been used by telling: the answer
 * was lost, and told again it is answered as it was. Used for anything else it is refused there too.
 */
const HAPPENED_ANYWAY = new Set(["credits.insufficient", "credits.over_budget", "credits.key_reused"]);

/** Refusals that are about the one use alone: those behind it may be told. What is about the key or the shop stops everything. */
const ABOUT_ONE = new Set(["credits.key_reused", "BAD_REQUEST"]);

export type Replayed = {
  /** How many the shop took in. */
  readonly told: number;
  /** How many are still in the spool, the refused ones among them. */
  readonly waiting: number;
  /** What the shop will never take as it stands, and why. It stays in the spool until somebody has looked at it. */
  readonly refused: readonly (Refusal & { readonly idempotencyKey: string; readonly usage: SpooledUsage })[];
};

/**
 * Tells the shop what waits in the spool, oldest first, and forgets what it has taken in. What it has heard already counts
 * once; what there are no credits for by now is owed. A use that the shop refuses for itself is passed over and answered in
 * `refused`, so that it holds up nothing behind it. Stops where the shop is silent again. Throws where the key is refused.
 */
export async function replaySpool(api: TRPCClient<AppRouter>, spool: Spool): Promise<Replayed> {
  const waiting = await spool.read();
  const refused: Replayed["refused"][number][] = [];
  let told = 0;
  for (const usage of waiting) {
    try {
      await api.credits.consume.mutate(usage).catch((error: unknown) => {
        if (!HAPPENED_ANYWAY.has(refusalOf(error)?.code ?? "")) throw error;
        return api.checkout.credits.report.mutate(usage);
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.temporary) break;
      if (!refusal || !ABOUT_ONE.has(refusal.code)) throw error;
      refused.push({ ...refusal, idempotencyKey: usage.idempotencyKey, usage });
      continue;
    }
    await spool.remove([usage]);
    told++;
  }
  return { told, waiting: waiting.length - told, refused };
}

import { randomUUID } from "node:crypto";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "../trpc/router.ts";
import { refusalOf } from "./refusal.ts";
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

/** Refusals for which usage that has happened is told all the same. */
const HAPPENED_ANYWAY = new Set(["credits.insufficient", "credits.over_budget"]);

/**
 * Tells the shop what waits in the spool, oldest first, and forgets what it has taken in. What it has heard already counts
 * once; what there are no credits for by now is owed. Stops where the shop is silent again. Answers how many it took in and how many wait.
 */
export async function replaySpool(
  api: TRPCClient<AppRouter>,
  spool: Spool,
): Promise<{ readonly told: number; readonly waiting: number }> {
  const waiting = await spool.read();
  let told = 0;
  for (const usage of waiting) {
    try {
      await api.credits.consume.mutate(usage).catch((error: unknown) => {
        if (!HAPPENED_ANYWAY.has(refusalOf(error)?.code ?? "")) throw error;
        return api.checkout.credits.report.mutate(usage);
      });
    } catch (error) {
      if (refusalOf(error)?.temporary) break;
      throw error;
    }
    await spool.remove([usage.idempotencyKey]);
    told++;
  }
  return { told, waiting: waiting.length - told };
}

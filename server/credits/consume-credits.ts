import { hash } from "node:crypto";
import { actorName } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import type { CreditDesk, SpendAnswer, SpendItem, Taken } from "./credit-desk.ts";
import { creditErrors } from "./errors.ts";
import { overBudget } from "./over-budget.ts";

export type Spending = {
  readonly customerId: string;
  /** The key that spends: grants and budgets may be its own. */
  readonly apiKeyId: string | null;
  /** Whole credits, more than zero. */
  readonly credits: number;
  readonly reason: string;
  readonly reference?: string | null | undefined;
  readonly feature?: string | null | undefined;
  /** The caller's own; the same again answers what the first one did. */
  readonly idempotencyKey: string;
};

export type Spent = {
  readonly operationId: string;
  readonly credits: number;
  /** What the caller can still spend. */
  readonly newTotal: number;
  /** Which grants paid for it; without a grant it is owed. */
  readonly taken: readonly Taken[];
  readonly replayed: boolean;
};

export type SpendCtx = Ctx<{ readonly creditDesk: CreditDesk }>;

/**
 * Uses credits: whole or not at all, from the customer's grants in their one order (priority, what ends first, age), never
 * below zero.
 *
 * Idempotent per customer by `idempotencyKey`, for ever: the same request again is answered as it was first; a refusal
 * leaves nothing, so that the same request may succeed later. Locks the customer's account within one statement. Wakes
 * `credits.balance_low` when a watched number is passed. Throws `credits.insufficient` and `credits.over_budget` (both say
 * what is left, the latter of the key's budget and until when), `credits.key_reused`, and `credits.busy` where nothing was done.
 */
export async function consumeCredits(ctx: SpendCtx, spending: Spending): Promise<Spent> {
  return spend(ctx, "consume", spending);
}

/**
 * Takes in what was used while the caller could not ask: never refused, whatever is left or a budget says. What there are
 * no credits for is owed, and the next grants settle it. Idempotent like {@link consumeCredits}; throws `credits.key_reused`.
 */
export async function reportUsage(ctx: SpendCtx, spending: Spending): Promise<Spent> {
  return spend(ctx, "report", spending);
}

async function spend(ctx: SpendCtx, op: "consume" | "report", spending: Spending): Promise<Spent> {
  const answer = await settled(ctx, spending, await ctx.providers.creditDesk.spend(spendItem(ctx, op, spending)));
  const { operation, after, taken, outcome } = answer;
  const { credits } = spending;
  return { operationId: operation, credits, newTotal: after, taken: taken ?? [], replayed: outcome === "replayed" };
}

/** A request as the desk wants it; `until` is for a reservation. */
export function spendItem(ctx: Ctx, op: SpendItem["op"], spending: Spending, until: Date | null = null): SpendItem {
  const { customerId, apiKeyId, credits, reason, reference = null, feature = null, idempotencyKey } = spending;
  const lasts = until && until.getTime() - ctx.now().getTime();
  const body = JSON.stringify([op, apiKeyId, credits, reason, reference, feature, lasts]);
  return {
    ...{ op, customer: customerId, apiKey: apiKeyId, feature, credits, reason, reference },
    ...{ key: `client:${idempotencyKey}`, hash: hash("sha256", body, "base64url") },
    ...{ actor: actorName(ctx.actor), at: ctx.now().toISOString(), operation: newId("cro"), posting: newId("pst") },
    ...{ reservation: until && newId("crr"), until: until?.toISOString() ?? null },
  };
}

/** The answer when it was done; throws what it was refused for. */
export async function settled(
  ctx: Ctx,
  spending: Spending,
  answer: SpendAnswer,
): Promise<Extract<SpendAnswer, { outcome: "done" | "replayed" }>> {
  if (answer.outcome === "done" || answer.outcome === "replayed") return answer;
  if (answer.outcome === "insufficient") throw creditErrors.insufficient({ available: answer.after });
  if (answer.outcome === "over_budget") throw await overBudget(ctx, spending, answer.after);
  throw creditErrors.keyReused();
}

import { and, eq } from "drizzle-orm";
import { type MoveQuote, planMigrationSteps, planMigrations } from "../../drizzle/schema/plan-migrations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import type { ChangeGateway, ChangePreview } from "../subscriptions/index.ts";
import { quoteMoveJob } from "./jobs.ts";
import { discountWords, priceToMoveTo } from "./move-quote.ts";
import { type Mover, readMovers } from "./movers.ts";
import { planMigrationMachine } from "./plan-migration-status.ts";

const PAGE = 20;
/** How long is waited, in seconds, before those are asked about again for whom the provider had no answer: a quarter of an hour in all, of the hours that what was reckoned holds. */
const PATIENCE = [10, 30, 60, 120, 240, 480];
type Ports = { readonly subscriptionChanges: ChangeGateway };
type Outcome = { readonly quote: MoveQuote } | { readonly obstacle: string };
/** The provider had no answer for somebody: to be asked again. */
const UNANSWERED = "unanswered";

/**
 * Reckons what moving each of those on a version now would cost them: the provider's preview at the one instant of the move,
 * kept as a step that nothing has been done about, or why somebody is left where they are. Nobody is moved by it. The next
 * page is a job of its own. Idempotent. Worker only. What the provider refuses to reckon is an obstacle. For whom it has no answer
 * the page is done again, later each time; the others of the page do not wait for that, and after the last try
 * (`tries`) whoever is left over stays, so that the rest can be moved.
 */
export async function quoteMovePage(
  ctx: Ctx<Ports>,
  {
    migrationId,
    after = "",
    tries = 0,
  }: { migrationId: string; after?: string | undefined; tries?: number | undefined },
): Promise<void> {
  const page = await ctx.db.transaction(
    async (tx) => {
      const migration = await findQuoting(tx, migrationId);
      return migration && { migration, movers: await toQuote(tx, migration, after) };
    },
    { readOnly: true },
  );
  if (!page) return;
  const { migration, movers } = page;
  const wait = PATIENCE[tries];
  let unanswered = false;
  for (const mover of movers) {
    const found = mover.known ? null : await quoteOne(ctx, mover, migration);
    const outcome = found === UNANSWERED && wait === undefined ? { obstacle: "no_answer" } : found;
    if (outcome === UNANSWERED) unanswered = true;
    else if (outcome && !(await ctx.db.transaction((tx) => keepStep(tx, migrationId, mover.id, outcome)))) return;
  }
  await ctx.db.transaction(async (tx) => {
    if (!(await findQuoting(tx, migrationId, true))) return;
    if (unanswered && wait !== undefined) {
      const runAt = new Date(ctx.technical.now().getTime() + wait * 1000);
      return enqueue(tx, quoteMoveJob, { migrationId, after, tries: tries + 1 }, { runAt });
    }
    const last = movers.at(-1);
    if (last && movers.length === PAGE) return enqueue(tx, quoteMoveJob, { migrationId, after: last.id });
    await transition(tx, planMigrationMachine, { id: migrationId, event: "quoted" });
  });
}

type Migration = typeof planMigrations.$inferSelect & { readonly prorationAt: Date };

/** A move whose costs are being reckoned; `held`: it stays so until the transaction ends. */
async function findQuoting(tx: Tx, id: string, held = false): Promise<Migration | null> {
  const rows = tx
    .select()
    .from(planMigrations)
    .where(and(eq(planMigrations.id, id), eq(planMigrations.status, "quoting")));
  const [row] = await (held ? rows.for("no key update") : rows);
  return row?.prorationAt ? { ...row, prorationAt: row.prorationAt } : null;
}

type ToQuote = Mover & { readonly known: boolean; readonly externalId: string; readonly discount: string };

async function toQuote(tx: Tx, { id, fromVersionId }: Migration, after: string): Promise<ToQuote[]> {
  const movers = await readMovers(tx, fromVersionId, { after, limit: PAGE, noticeDays: 0 });
  const found: ToQuote[] = [];
  for (const mover of movers) {
    const [row] = await tx
      .select({ membership: subscriptions, stepId: planMigrationSteps.id })
      .from(subscriptions)
      .leftJoin(
        planMigrationSteps,
        and(eq(planMigrationSteps.migrationId, id), eq(planMigrationSteps.subscriptionId, subscriptions.id)),
      )
      .where(eq(subscriptions.id, mover.id));
    if (!row) continue;
    const { membership, stepId } = row;
    found.push({
      ...{ ...mover, known: stepId !== null, externalId: membership.stripeSubscriptionId },
      discount: discountWords(membership),
    });
  }
  return found;
}

const nothingNow = (currency: string): ChangePreview => ({ currency, lines: [], total: 0, dueNow: 0 });

async function quoteOne(ctx: Ctx<Ports>, mover: ToQuote, migration: Migration): Promise<Outcome | typeof UNANSWERED> {
  if (mover.obstacle !== null) return { obstacle: mover.obstacle };
  const { amount: before, nextAmount, currency, externalId, discount } = mover;
  const periodEndAt = mover.endsAt?.toISOString() ?? null;
  const same = { before, periodEndAt, discount, preview: nothingNow(currency) };
  if (mover.sameTerms) return { quote: { ...same, amount: before, stripePriceId: null } };
  const { stripePriceId, ...price } = await ctx.db.transaction((tx) => priceToMoveTo(tx, mover), { readOnly: true });
  if (stripePriceId === null) return { obstacle: "no_price" };
  const amount = nextAmount ?? price.amount;
  // Nothing was paid for a trial that runs: there is nothing to count off.
  if (mover.status === "trialing") return { quote: { ...same, amount, stripePriceId } };
  try {
    const preview = await ctx.providers.subscriptionChanges.previewChange({
      ...{ externalId, stripePriceId, quantity: mover.nextQuantity, prorationAt: migration.prorationAt, timing: "now" },
    });
    const { lines, total, dueNow } = preview;
    return { quote: { ...same, amount, stripePriceId, preview: { currency, lines: [...lines], total, dueNow } } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn({ err: error, subscriptionId: mover.id }, "the provider does not reckon what a move costs");
    return error.reason === "rejected" ? { obstacle: "no_quote" } : UNANSWERED;
  }
}

/** False when the move is dropped by now. */
async function keepStep(tx: Tx, migrationId: string, subscriptionId: string, outcome: Outcome): Promise<boolean> {
  if (!(await findQuoting(tx, migrationId, true))) return false;
  await tx
    .insert(planMigrationSteps)
    .values({ id: newId("pls"), migrationId, subscriptionId, ...outcome, createdAt: tx.scope.now })
    .onConflictDoNothing();
  return true;
}

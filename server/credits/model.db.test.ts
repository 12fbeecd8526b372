import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { CreditModel, type ModelGrant, one } from "../../scripts/test/credit-model.ts";
import { testCreditStory } from "../../scripts/test/credit-story.ts";
import { topUpCredits } from "../checkout/top-up-credits.ts";
import { DomainError } from "../kernel/errors.ts";
import { verifyLedger } from "../ledger/index.ts";
import { adjustCredits } from "./adjust-credits.ts";
import { decideReclaim } from "./decide-reclaim.ts";
import {
  carryOutAdjustment,
  carryOutReclaim,
  confirmReservation,
  consumeCredits,
  grantCredits,
  readBalance,
  reclaimPurchase,
  releaseReservation,
  reportUsage,
  reserveCredits,
  sweepCredits,
  undoReclaim,
} from "./index.ts";

const { shop, ctx, staff, now, moveTo, customer } = await testCreditStory();
const { sql } = shop;
const STEPS = Number(process.env.CREDIT_MODEL_STEPS ?? 40);
const SEEDS = Number(process.env.CREDIT_MODEL_SEEDS ?? 4);
const HOUR = 3_600_000;
let count = 0;

const operation = fc.record({
  what: fc.constantFrom(
    ...(["grant", "consume", "consume", "report", "reserve", "reserve", "confirm", "release", "wait"] as const),
    ...(["refund", "refund", "dispute", "undo", "decide", "add", "remove", "top_up"] as const),
  ),
  credits: fc.integer({ min: 1, max: 40 }),
  priority: fc.integer({ min: 0, max: 2 }),
  hours: fc.option(fc.integer({ min: 1, max: 60 })),
  free: fc.boolean(),
  pick: fc.nat(1_000),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** What it came to, or null where there were not enough credits; both must say so. */
async function allowed<T>(expected: boolean, what: string, work: () => Promise<T>): Promise<T | null> {
  const end = await work().catch((error: unknown) => {
    const few = ["credits.insufficient", "credits.too_few_to_take"];
    if (error instanceof DomainError && few.includes(error.code)) return null;
    throw error;
  });
  expect(end !== null, what).toBe(expected);
  return end;
}

type Told = Operation & { readonly customerId: string; readonly model: CreditModel };

/** Each kind of operation, on both. */
const steps: Record<Operation["what"], (told: Told) => Promise<void>> = {
  async grant({ customerId, model, credits, priority, hours, free }) {
    const until = hours === null ? Number.POSITIVE_INFINITY : now() + hours * HOUR;
    const sourceId = free ? "" : `buy_${++count}`;
    const basis = free ? "free" : "paid";
    const { grantId } = await ctx.db.transaction((tx) =>
      grantCredits(tx, {
        ...{ customerId, credits, source: free ? "promotion" : "purchase", sourceId, key: `test:${++count}`, priority },
        ...{ costBasis: basis, expiresAt: hours === null ? null : new Date(until), apiKeyId: null, feature: null },
      }),
    );
    model.grant(now(), { id: grantId, priority, until, sourceId, basis, credits });
  },
  async consume({ model, credits, ...told }) {
    const enough = model.available(now()) >= credits;
    const done = await allowed(enough, "consume", () => consumeCredits(ctx, spending(told.customerId, credits)));
    if (done) model.take(now(), credits, "used");
  },
  async report({ customerId, model, credits }) {
    await reportUsage(ctx, spending(customerId, credits));
    model.take(now(), credits, "used");
  },
  async reserve({ customerId, model, credits, pick }) {
    const seconds = (1 + (pick % 24)) * 3_600;
    const asked = { ...spending(customerId, credits), seconds };
    const done = await allowed(model.available(now()) >= credits, "reserve", () => reserveCredits(ctx, asked));
    if (!done) return;
    const parts = model.take(now(), credits, "held");
    model.holds.push({ id: done.reservationId, credits, until: now() + seconds * 1000, parts });
  },
  async confirm({ customerId, model, credits, pick }) {
    const hold = one(model.holds, pick);
    if (!hold) return;
    const ending = { customerId, reservationId: hold.id, credits };
    const fits = credits - hold.credits <= model.available(now());
    if (await allowed(fits, "confirm", () => confirmReservation(ctx, ending))) model.end(now(), hold, credits);
  },
  async release({ customerId, model, pick }) {
    const hold = one(model.holds, pick);
    if (!hold) return;
    await releaseReservation(ctx, { customerId, reservationId: hold.id });
    model.end(now(), hold, 0);
  },
  async wait({ model, hours }) {
    await moveTo(now() + (hours ?? 1) * HOUR);
    await sweepCredits(ctx);
    model.sweep(now());
  },
  refund: ({ model, pick, credits }) => reclaim(model, one(purchases(model), pick), "refund", credits),
  /** All of it, until it is won: then it is undone like a refund that failed. */
  dispute: ({ model, pick }) => reclaim(model, one(purchases(model), pick), "dispute"),
  async undo({ customerId, model, pick }) {
    const asked = one(model.reclaims, pick);
    if (!asked) return;
    await knowParts(customerId, model);
    const back = asked.collected.reduce((sum, { taken }) => sum + taken, asked.taken);
    expect(await ctx.db.transaction((tx) => undoReclaim(tx, { key: asked.key }))).toBe(back);
    for (const { id, credits } of model.undo(asked)) {
      const [made] = await sql`select id from credit_grants where key = ${`reclaim-undone:${id}`}`;
      model.grant(now(), { id: String(made?.id), credits, ...given });
    }
  },
  async decide({ customerId, model, pick, free }) {
    await knowParts(customerId, model);
    const parts = model.reclaims.flatMap((asked) => [asked, ...asked.collected]);
    const part = one(
      parts.filter(({ spent, decided }) => spent > 0 && !decided),
      pick,
    );
    if (!part) return;
    await decideReclaim(staff, { id: part.id, decision: free ? "let_go" : "debt", reason: "as agreed" });
    for (let i = 0; i < 2; i++) await carryOutReclaim(ctx, { reclaimId: part.id });
    Object.assign(part, { decided: true, debt: !free });
    if (part.debt) model.debt += part.spent;
  },
  async add({ customerId, model, credits }) {
    const id = await adjust(customerId, "add", credits);
    const [made] = await sql`select id from credit_grants where key = ${`adjustment:${id}`}`;
    model.grant(now(), { id: String(made?.id), credits, ...given });
  },
  async remove({ customerId, model, credits }) {
    const enough = model.available(now()) >= credits;
    if (!(await allowed(enough, "remove", () => adjust(customerId, "remove", credits)))) return;
    model.collect();
    if (model.available(now()) >= credits) model.take(now(), credits, "reclaimed");
  },
  async top_up({ customerId, model }) {
    // The first may go into a debt, and there be too few still.
    for (let i = 0; i < 3; i++) {
      const may = model.mayTopUp(now());
      await topUpCredits(ctx, { customerId });
      const made = await sql`select g.id, g.source_id from credit_grants g join order_lines l on l.id = g.source_id
        where g.customer_id = ${customerId} order by g.id`;
      expect(made.length, "top-ups").toBe(model.charges.length + Number(may));
      const bought = made.at(-1);
      if (may) model.topUp(now(), { id: String(bought?.id), sourceId: String(bought?.source_id) });
    }
  },
};

const given = { priority: 0, until: Number.POSITIVE_INFINITY, sourceId: "", basis: "free" } as const;
const spending = (customerId: string, credits: number) => ({
  ...{ customerId, apiKeyId: null, credits, reason: "test", idempotencyKey: `model-${++count}` },
});
const purchases = (model: CreditModel) => model.grants.filter(({ sourceId }) => sourceId !== "");

async function adjust(customerId: string, kind: "add" | "remove", credits: number): Promise<string> {
  const wish = { customerId, kind, credits, reason: "goodwill", key: `model:${++count}` };
  const { id } = await adjustCredits(staff, wish);
  for (let i = 0; i < 2; i++) await carryOutAdjustment(ctx, { adjustmentId: id });
  return id;
}

async function reclaim(
  model: CreditModel,
  grant: ModelGrant | undefined,
  cause: "refund" | "dispute",
  credits?: number,
): Promise<void> {
  if (!grant) return;
  const key = `${cause}:${++count}`;
  const { sourceId } = grant;
  const wanted = { sourceId, key, cause, credits };
  const { reclaimId } = await ctx.db.transaction((tx) => reclaimPurchase(tx, wanted));
  model.reclaim(grant, { id: String(reclaimId), key, credits: credits ?? Number.POSITIVE_INFINITY });
}

/** What the shop has of what was asked back is what the model has; takes over the names of what was found later. */
async function knowParts(customerId: string, { reclaims }: CreditModel): Promise<void> {
  const rows = await sql`select id, origin_id, taken_credits::int taken, spent_credits::int spent from credit_reclaims
    where customer_id = ${customerId} and undone_at is null order by id`;
  for (const asked of reclaims) {
    const found = rows.filter((row) => row.origin_id === asked.id);
    expect(found.map(({ taken, spent }) => [taken, spent])).toEqual(
      asked.collected.map((part) => [part.taken, part.spent]),
    );
    for (const [index, part] of asked.collected.entries()) part.id = String(found[index]?.id);
  }
  const own = rows.filter((row) => row.origin_id === null);
  expect(own.map(({ id, taken, spent }) => ({ id, taken, spent }))).toEqual(
    reclaims.map(({ id, taken, spent }) => ({ id, taken, spent })),
  );
}

/** Everything that the shop and its ledger say of a customer's credits, as the model says it. */
async function compare(customerId: string, model: CreditModel): Promise<void> {
  const { available, held, debt } = await ctx.db.transaction((tx) => readBalance(tx, { customerId, apiKeyId: null }));
  expect({ available, held, debt }).toEqual({
    available: model.available(now()),
    held: model.holds.reduce((sum, { credits }) => sum + credits, 0),
    debt: model.debt,
  });
  const rows = await sql`select account_id, posted::int, held::int from ledger_balances
    where account_id in (${`liability_paid:${customerId}`}, ${`liability_promo:${customerId}`}, ${`receivable:${customerId}`})`;
  const stands = (kind: string) => {
    const row = rows.find(({ account_id }) => account_id === `${kind}:${customerId}`);
    return { posted: row?.posted ?? 0, held: row?.held ?? 0 };
  };
  expect([stands("liability_paid"), stands("liability_promo"), stands("receivable")]).toEqual([
    ...[model.liability("paid"), model.liability("free")],
    { posted: model.debt, held: 0 },
  ]);
}

describe("R13: many random operations", () => {
  it("random operations end as the model says, after every step", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: STEPS, maxLength: STEPS }), async (operations) => {
        const customerId = await customer();
        const model = new CreditModel();
        for (const told of operations) {
          await steps[told.what]({ ...told, customerId, model });
          await compare(customerId, model);
        }
        await knowParts(customerId, model);
        const grants =
          await sql`select id, remaining::int "left", used::int, held::int, reclaimed::int, owed_back::int "owedBack"
          from credit_grants where customer_id = ${customerId} order by id`;
        const wanted = model.grants.map(({ id, left, used, held, reclaimed, owedBack }) => {
          return { id, left, used, held, reclaimed, owedBack };
        });
        expect([...grants]).toEqual(wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      }),
      // Shortening a story of thousands of steps takes days; its seed tells it again.
      { numRuns: SEEDS, endOnFailure: STEPS > 500 },
    );
  });
});

afterAll(async () => {
  expect((await verifyLedger(ctx)).problems).toEqual([]);
});

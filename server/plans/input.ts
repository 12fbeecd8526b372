import { z } from "zod";
import { partPlace } from "../kernel/input.ts";

export const planCode = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const id = z.string().min(1).max(100);
const texts = (most: number) => z.strictObject({ sv: z.string().trim().max(most), en: z.string().trim().max(most) });
const reason = z.string().trim().min(3).max(500);
const revision = z.number().int().min(0);
/** Most that is charged for one thing, in minor units. */
const MOST_AMOUNT = 99_999_999;

const price = z.strictObject({
  currency: z.enum(["SEK", "EUR", "USD"]),
  interval: z.enum(["month", "year"]),
  /** Minor units, tax included. */
  amount: z.number().int().min(0).max(MOST_AMOUNT),
  /** What each seat beyond those that the version holds costs; null: none are sold. Left out: as it was. */
  seatAmount: z.number().int().min(1).max(MOST_AMOUNT).nullable().optional(),
  /** Left out: the usual one. */
  lookupKey: z
    .string()
    .regex(/^[a-z0-9][a-z0-9:_-]{2,150}$/)
    .optional(),
});
const held = z.strictObject({
  feature: z.string().min(1).max(60),
  value: z.union([
    z.boolean(),
    z.number().int().min(0).max(1_000_000_000),
    z.strictObject({ monthly: z.number().int().min(0).max(1_000_000_000) }),
  ]),
});

/** Refuses a list that says something twice, naming what. */
function eachOnce<Item>(keyOf: (item: Item) => string) {
  return (items: readonly Item[], ctx: z.core.$RefinementCtx): void => {
    const seen = new Set<string>();
    items.forEach((item, index) => {
      const key = keyOf(item);
      if (seen.has(key))
        ctx.addIssue({ code: "custom", path: [index], message: `${key} is there twice. Say it once.` });
      seen.add(key);
    });
  };
}

/** Everything that staff may say of a version. A draft may be unfinished: what is missing is named before it is published. */
export const planContentInput = z.strictObject({
  name: texts(120),
  summary: texts(300),
  prices: z
    .array(price)
    .max(6)
    .superRefine(eachOnce(({ currency, interval }) => `${currency} per ${interval}`)),
  holds: z
    .array(held)
    .max(200)
    .superRefine(eachOnce(({ feature }) => feature)),
  /** How many days everything holds although a payment is missing. Left out: as it was. */
  graceDays: z.number().int().min(0).max(90).optional(),
  /** Whether everything holds while it rests. Left out: as it was. */
  pauseKeeps: z.boolean().optional(),
  /** Days before the first charge, and what their end brings without a card (null: one is asked for at the start). Left out: as they were. */
  trialDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .refine((days) => days !== 1, "None, or two days at least: there has to be time to say that it ends.")
    .optional(),
  trialWithoutCard: z.enum(["cancel", "pause", "create_invoice"]).nullable().optional(),
});
export type PlanContentInput = z.output<typeof planContentInput>;

/** Whoever sends nothing, as in the release before, gets the first page. */
export const planListInput = z.strictObject(partPlace).prefault({});
export const planInput = z.strictObject({ code: planCode });
/** `from`: the version to begin with; the one on sale when left out. */
export const startDraftInput = z.strictObject({ code: planCode, from: id.optional() });
export const saveDraftInput = z.strictObject({ code: planCode, revision, content: planContentInput });
export const discardDraftInput = z.strictObject({ code: planCode, revision });
export const publishPlanInput = z.strictObject({ code: planCode, revision, reason });
/** Nobody is moved sooner than this many days after the mail that says so; a month unless staff say otherwise. */
const timing = z.enum(["period_end", "now"]).default("period_end");
const noticeDays = z.number().int().min(0).max(365).default(30);
/** `after`: the subscription that the page before ended with. */
export const previewMigrationInput = z.strictObject({ fromVersionId: id, after: id.optional(), noticeDays });
export const startMigrationInput = z.strictObject({
  ...{ fromVersionId: id, toVersionId: id, reason, noticeDays },
  /** `now`: what it costs each of them is reckoned first, and nobody is moved before `begin`. */
  timing,
  /** How many the report said. */
  shown: z.number().int().min(1).max(100_000_000),
  /** Made with the form: the same press twice is one move. */
  formKey: z.string().regex(/^[\w-]{16,100}$/),
});
export const migrationsInput = planInput.extend(partPlace);
export const migrationInput = z.strictObject({
  id,
  /** One of its subscriptions that is answered beside the page of them. */
  step: id.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const steerMigrationInput = z.strictObject({ id, act: z.enum(["stop", "resume", "undo", "drop"]), reason });
/** `shown`: how many the report of a move now said. */
export const beginMoveInput = z.strictObject({ id, shown: z.number().int().min(1).max(100_000_000), reason });
export const takeBackStepInput = z.strictObject({ id, stepId: id, reason });
export const retirePlanInput = z.strictObject({ code: planCode, reason });

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Tx } from "../kernel/db.ts";
import { knownTries } from "../payments/index.ts";
import { knownInvoices, knownPeriods, type ToldInvoice, type ToldPeriod } from "../subscriptions/index.ts";
import type { EventHint } from "./event-handler.ts";

const invoiceShape = z.object({
  id: z.string(),
  status: z.string(),
  amount_paid: z.int(),
  attempt_count: z.int(),
  next_payment_attempt: z.int().nullable(),
});

/** Events of invoices that say nothing that is not written. */
export function settledInvoices(tx: Tx, events: readonly EventHint[]): Promise<string[]> {
  return knownInvoices(tx, events.flatMap(toldInvoice));
}

function toldInvoice({ id, object }: EventHint): ToldInvoice[] {
  const { data } = invoiceShape.safeParse(object);
  if (!data) return [];
  const { id: stripeInvoiceId, status, amount_paid: amountPaid, attempt_count: attemptCount } = data;
  const next = data.next_payment_attempt;
  const nextPaymentAttemptAt = next === null ? null : new Date(next * 1000);
  return [{ id, stripeInvoiceId, status, amountPaid, attemptCount, nextPaymentAttemptAt }];
}

const triedShape = z.object({ id: z.string(), latest_charge: z.string() });

/** Events of a payment that went through or was refused, of which that very try is written. */
export function settledPayments(tx: Tx, events: readonly EventHint[]): Promise<string[]> {
  const told = events.flatMap(({ id, type, object }) => {
    const { data } = triedShape.safeParse(object);
    const outcome = OUTCOMES[type];
    if (!data || !outcome) return [];
    return [{ id, paymentExternalId: data.id, chargeExternalId: data.latest_charge, outcome }];
  });
  return knownTries(tx, told);
}

const OUTCOMES: Readonly<Record<string, "approved" | "declined">> = {
  "payment_intent.succeeded": "approved",
  "payment_intent.payment_failed": "declined",
};

const periodShape = z.object({
  id: z.string(),
  status: z.literal("active"),
  latest_invoice: z.string(),
  items: z.object({
    data: z.tuple([z.looseObject({ current_period_start: z.int(), current_period_end: z.int() })]),
  }),
});
const itemsBefore = z.object({ data: z.tuple([z.looseObject({})]) });
/** What of a membership is another when it goes on to its next period. */
const OF_A_PERIOD = new Set(["items", "latest_invoice"]);

/** Events of memberships that went on to a period that is written, with its invoice, and say that nothing else has changed. */
export function settledMemberships(tx: Tx, events: readonly EventHint[]): Promise<string[]> {
  return knownPeriods(tx, events.flatMap(toldPeriod));
}

function toldPeriod({ id, object, before }: EventHint): ToldPeriod[] {
  const { data } = periodShape.safeParse(object);
  if (!data || !before || !Object.keys(before).every((name) => OF_A_PERIOD.has(name))) return [];
  const [item] = data.items.data;
  const old = before.items === undefined ? item : itemsBefore.safeParse(before.items).data?.data[0];
  if (!old || !isDeepStrictEqual(withoutPeriod(old), withoutPeriod(item))) return [];
  const [startsAt, endsAt] = [item.current_period_start, item.current_period_end].map((at) => new Date(at * 1000));
  if (!startsAt || !endsAt) return [];
  return [{ id, stripeSubscriptionId: data.id, startsAt, endsAt, stripeInvoiceId: data.latest_invoice }];
}

function withoutPeriod(item: Readonly<Record<string, unknown>>): object {
  const { current_period_start: _start, current_period_end: _end, ...rest } = item;
  return rest;
}

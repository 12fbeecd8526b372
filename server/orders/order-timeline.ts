import { eq, inArray, like, or } from "drizzle-orm";
import { checkoutTransitions } from "../../drizzle/schema/checkout.ts";
import { fulfilmentTransitions } from "../../drizzle/schema/fulfilment.ts";
import { emails } from "../../drizzle/schema/messaging.ts";
import { orderTransitions } from "../../drizzle/schema/orders.ts";
import { paymentTransitions } from "../../drizzle/schema/payments.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { OrderParts } from "./order-rows.ts";

/** Something that happened to an order, oldest first. `actor` and `cause` are ids and short English, no personal data. */
export type TimelineEntry = {
  readonly at: Date;
  readonly what: "checkout" | "order" | "payment" | "attempt" | "fulfilment" | "mail";
  readonly subjectId: string;
  /** The event's name in its lifecycle, the attempt's outcome, or the mail's template. */
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  readonly cause: string | null;
};

const HISTORIES = [
  ["checkout", checkoutTransitions],
  ["order", orderTransitions],
  ["payment", paymentTransitions],
  ["fulfilment", fulfilmentTransitions],
] as const;

/** What happened to an order, its payments, its goods, and which mails told of it. */
export async function orderTimeline(tx: Tx, parts: OrderParts): Promise<TimelineEntry[]> {
  const { order, payments, fulfilment } = parts;
  const subjects = [
    order.id,
    order.checkoutId,
    ...payments.map((payment) => payment.id),
    ...(fulfilment ? [fulfilment.id] : []),
  ];
  const entries: TimelineEntry[] = [];
  for (const [what, table] of HISTORIES) {
    const rows = await tx.select().from(table).where(inArray(table.subjectId, subjects)).orderBy(table.id);
    entries.push(
      ...rows.map((row) => ({
        at: row.at,
        what,
        subjectId: row.subjectId,
        event: row.event,
        state: row.toState,
        actor: row.actor,
        cause: row.reason ?? row.cause,
      })),
    );
  }
  const attempts = payments.flatMap((payment) => payment.attempts);
  for (const attempt of attempts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { at, id, outcome, declineCode } = attempt;
    entries.push({ at, what: "attempt", subjectId: id, event: outcome, state: null, actor: null, cause: declineCode });
  }
  entries.push(...(await mailsOf(tx, parts)));
  // Equal instants are usual: what one look found happened in it. They keep the order above, each history that of its rows.
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

async function mailsOf(tx: Tx, { order, payments }: OrderParts): Promise<TimelineEntry[]> {
  const memberships = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.orderId, order.id));
  const facts = [`order-confirmation:${order.id}`, ...memberships.map(({ id }) => `membership-started:${id}`)];
  const failures = payments.map((payment) => like(emails.dedupeKey, `payment-failed:${payment.id}:%`));
  const rows = await tx
    .select({
      id: emails.id,
      template: emails.template,
      status: emails.status,
      createdAt: emails.createdAt,
      cause: emails.cause,
    })
    .from(emails)
    .where(or(inArray(emails.dedupeKey, facts), ...failures))
    .orderBy(emails.createdAt, emails.id);
  return rows.map(({ id, template, status, createdAt, cause }) => ({
    at: createdAt,
    what: "mail",
    subjectId: id,
    event: template,
    state: status,
    actor: null,
    cause,
  }));
}

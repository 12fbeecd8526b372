import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers, providerCustomers, users } from "../../drizzle/schema/identity.ts";
import { emails } from "../../drizzle/schema/messaging.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { inFreeTime, subscriptions, unitsHeld } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import type { TimelinePlace } from "../kernel/happenings.ts";
import { comingUp } from "./coming-up.ts";
import { listFlags, listNotes, noteKey } from "./customer-notes.ts";
import { customerOrganizations } from "./customer-organizations.ts";
import { customerTimeline } from "./customer-timeline.ts";
import { reportingErrors } from "./errors.ts";

const RECENT = 20;

export type CustomerProfile = Awaited<ReturnType<typeof readCustomerProfile>>;

/**
 * One customer as staff see them: who they are, what they have, what they paid, what comes next, and everything that
 * happened, a page of it. The newest twenty of each list: where there may be more, the lists have them. Throws `customers.not_found`.
 */
export async function readCustomerProfile(tx: Tx, { id, ...place }: { id: string } & TimelinePlace) {
  const customer = await readCustomer(tx, id);
  const memberships = await readMemberships(tx, id);
  return {
    ...customer,
    providerCustomers: await tx
      .select({
        provider: providerCustomers.provider,
        externalId: providerCustomers.externalId,
        reusable: providerCustomers.reusable,
      })
      .from(providerCustomers)
      .where(eq(providerCustomers.customerId, id))
      .orderBy(desc(providerCustomers.id)),
    paid: await readPaid(tx, id),
    memberships,
    orders: await tx
      .select({
        id: orders.id,
        number: orders.number,
        status: orders.status,
        currency: orders.currency,
        totalAmount: orders.totalAmount,
        placedAt: orders.placedAt,
      })
      .from(orders)
      .where(eq(orders.customerId, id))
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(RECENT),
    payments: await readPayments(tx, id),
    emails: await tx
      .select({
        id: emails.id,
        template: emails.template,
        subject: emails.subject,
        status: emails.status,
        createdAt: emails.createdAt,
      })
      .from(emails)
      .where(eq(emails.customerId, id))
      .orderBy(desc(emails.id))
      .limit(RECENT),
    organizations: await customerOrganizations(tx, id),
    flags: await listFlags(tx, id),
    notes: await listNotes(tx, id),
    /** How many of each list are shown at most. */
    recent: RECENT,
    /** For the form that writes the next one. */
    noteKey: noteKey(),
    next: await comingUp(tx, id),
    timeline: await customerTimeline(tx, id, place),
  };
}

async function readCustomer(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      id: customers.id,
      email: customers.email,
      name: customers.name,
      locale: customers.locale,
      createdAt: customers.createdAt,
      mergedIntoId: customers.mergedIntoId,
      userId: users.id,
      emailVerifiedAt: users.emailVerifiedAt,
      disabledAt: users.disabledAt,
      staffRole: users.staffRole,
    })
    .from(customers)
    .leftJoin(users, eq(users.id, customers.userId))
    .where(eq(customers.id, id));
  if (!row) throw reportingErrors.customerNotFound();
  const { userId, emailVerifiedAt, disabledAt, staffRole, ...customer } = row;
  const claimed = await tx.select({ id: customers.id }).from(customers).where(eq(customers.mergedIntoId, id));
  return {
    ...customer,
    claimedGuestIds: claimed.map((guest) => guest.id),
    account: userId ? { userId, emailVerifiedAt, disabledAt, staffRole } : null,
  };
}

async function readMemberships(tx: Tx, customerId: string) {
  return tx
    .select({
      id: subscriptions.id,
      productId: subscriptions.productId,
      productName: products.name,
      status: subscriptions.status,
      freeTime: inFreeTime,
      currency: subscriptions.currency,
      amount: subscriptions.amount,
      units: unitsHeld,
      interval: subscriptions.interval,
      intervalCount: subscriptions.intervalCount,
      currentPeriodEndAt: subscriptions.currentPeriodEndAt,
      cancelAt: subscriptions.cancelAt,
      startedAt: subscriptions.startedAt,
      endedAt: subscriptions.endedAt,
    })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .where(eq(subscriptions.customerId, customerId))
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(RECENT);
}

async function readPayments(tx: Tx, customerId: string) {
  return tx
    .select({
      id: payments.id,
      orderId: payments.orderId,
      invoiceId: payments.invoiceId,
      externalId: payments.externalId,
      status: payments.status,
      currency: payments.currency,
      amount: payments.amount,
      refundedAmount: payments.refundedAmount,
      cardBrand: payments.cardBrand,
      cardLast4: payments.cardLast4,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .where(eq(payments.customerId, customerId))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(RECENT);
}

/** What came in and what went back, per currency, over all time. */
async function readPaid(tx: Tx, customerId: string) {
  const came = inArray(payments.status, ["paid", "partially_refunded", "refunded", "disputed"]);
  return tx
    .select({
      currency: payments.currency,
      amount: sql<number>`sum(${payments.amount})::float8`,
      refundedAmount: sql<number>`sum(${payments.refundedAmount})::float8`,
    })
    .from(payments)
    .where(and(eq(payments.customerId, customerId), came))
    .groupBy(payments.currency);
}

import { and, eq, type SQL, sql } from "drizzle-orm";
import { entitlements, telemetry } from "../../drizzle/schema/entitlements.ts";
import { organizationMembers, seats } from "../../drizzle/schema/organizations.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset, type Page } from "../kernel/page.ts";
import type { ExportPart } from "./input.ts";

type Asked = { readonly organizationId: string; readonly cursor?: string | undefined; readonly limit: number };
type Placed = { readonly id: string; readonly cursorAt: string };

/**
 * A page of one part of what there is of an organization, oldest first: who is and was in it, its seats, its changes of
 * plan, what it was entitled to and when, its subscriptions and its bills with what was paid. Amounts in minor units, tax
 * included. Members who do not see its money get none of it (row-level security). Only looks.
 */
export function exportPage(tx: Tx, part: ExportPart, asked: Asked): Promise<Page<ExportRow<ExportPart>>> {
  return PARTS[part](tx, asked);
}

const PARTS = {
  members: (tx: Tx, asked: Asked) => {
    const { id, userId, role, joinedAt, leftAt, organizationId } = organizationMembers;
    // Those who are in it know each other by name and address; of whoever has left, only that and when.
    const person = sql`app.organization_people(${asked.organizationId}) person`;
    return read(asked, joinedAt, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({
          ...{ id, userId, role, joinedAt, leftAt, cursorAt },
          name: sql<string | null>`person.name`,
          email: sql<string | null>`person.email`,
        })
        .from(organizationMembers)
        .leftJoin(person, sql`person.id = ${id}`)
        .where(and(eq(organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
  seats: (tx: Tx, asked: Asked) => {
    const { id, status, userId, createdAt, organizationId } = seats;
    return read(asked, createdAt, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({ id, status, userId, createdAt, cursorAt })
        .from(seats)
        .where(and(eq(organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
  planChanges: (tx: Tx, asked: Asked) => {
    const { id, fromPlan, toPlan, at, organizationId } = telemetry;
    return read(asked, at, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({ id, fromPlan, toPlan, at, cursorAt })
        .from(telemetry)
        .where(and(eq(organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
  entitlementHistory: (tx: Tx, asked: Asked) => {
    const { id, feature, value, source, startsAt, endsAt, replacedAt, createdAt, organizationId } = entitlements;
    return read(asked, createdAt, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({
          ...{ id, feature, value, source, startsAt, endsAt, replacedAt, cursorAt },
          plan: planVersions.planCode,
          version: planVersions.version,
        })
        .from(entitlements)
        .leftJoin(planVersions, eq(planVersions.id, entitlements.planVersionId))
        .where(and(eq(organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
  subscriptions: (tx: Tx, asked: Asked) => {
    const { id, status, currency, amount, interval, startedAt, cancelAt, endedAt, createdAt } = subscriptions;
    return read(asked, createdAt, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({
          ...{ id, status, currency, amount, interval, startedAt, cancelAt, endedAt, createdAt, cursorAt },
          plan: planVersions.planCode,
          version: planVersions.version,
        })
        .from(subscriptions)
        .leftJoin(planVersions, eq(planVersions.id, subscriptions.planVersionId))
        .where(and(eq(subscriptions.organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
  invoices: (tx: Tx, asked: Asked) => {
    const { id, subscriptionId, number, status, currency, totalAmount, taxAmount, amountPaid, createdAt } = invoices;
    const { periodStartAt, periodEndAt, paidAt } = invoices;
    return read(asked, createdAt, id, ({ cursorAt, condition, orderBy, limit }) =>
      tx
        .select({
          ...{ id, subscriptionId, number, status, currency, totalAmount, taxAmount, amountPaid, createdAt },
          ...{ periodStartAt, periodEndAt, paidAt, cursorAt },
        })
        .from(invoices)
        .innerJoin(subscriptions, eq(subscriptions.id, subscriptionId))
        .where(and(eq(subscriptions.organizationId, asked.organizationId), condition))
        .orderBy(...orderBy)
        .limit(limit),
    );
  },
} satisfies Record<ExportPart, (tx: Tx, asked: Asked) => Promise<Page<{ id: string }>>>;

type Place = ReturnType<typeof keyset>;

async function read<Row extends Placed>(
  asked: Asked,
  by: SQL | Parameters<typeof keyset>[1]["by"],
  id: Parameters<typeof keyset>[1]["id"],
  rows: (place: Place) => Promise<Row[]> | PromiseLike<Row[]>,
): Promise<Page<Omit<Row, "cursorAt">>> {
  const place = keyset(asked, { by, id, type: "timestamptz", direction: "asc" });
  return place.page(await rows(place));
}

/** One row of a part, as it is taken along. */
export type ExportRow<Part extends ExportPart> = Awaited<ReturnType<(typeof PARTS)[Part]>>["items"][number];

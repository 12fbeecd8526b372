import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { customers } from "../../drizzle/schema/identity.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import {
  withdrawalStatements as statements,
  withdrawalStatementTransitions as transitions,
} from "../../drizzle/schema/withdrawals.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { named, namesIn } from "../kernel/names.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import { findStatement } from "./find-statement.ts";
import type { statementListInput } from "./input.ts";
import { withdrawalOptionsAt } from "./queries.ts";

/** How many orders of an address are named beside a statement that none was found for. */
const CANDIDATES = 5;

/** All statements of guests for staff, a page at a time, newest first unless asked otherwise. */
export async function listStatements(tx: Tx, input: Asked<typeof statementListInput>) {
  const { receivedAt, id } = statements;
  const place = keyset(input, { by: receivedAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(statementsMatching(input), input.orderId ? eq(statements.orderId, input.orderId) : undefined);
  const rows = await tx
    .select({
      id: statements.id,
      orderNumber: statements.orderNumber,
      orderId: statements.orderId,
      withdrawalId: statements.withdrawalId,
      name: statements.name,
      email: statements.email,
      status: statements.status,
      mayMail: statements.mayMail,
      dismissal: statements.dismissal,
      receivedAt: statements.receivedAt,
      completedAt: statements.completedAt,
      cursorAt: place.cursorAt,
    })
    .from(statements)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${statements} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

type StatementFilter = Pick<z.output<typeof statementListInput>, "q" | "status" | "from" | "to">;

/** What the filter of the list shows. */
export function statementsMatching({ q, status, ...days }: StatementFilter) {
  return and(
    status && eq(statements.status, status),
    q ? sql`${statements.id} in (${foundBy(q)})` : undefined,
    withinDays(statements.receivedAt, days),
  );
}

/** The ids that an order's number, the beginning of an address, or a pasted id stand for. */
function foundBy(q: string) {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from withdrawal_statements where id = ${q}
    union all select id from withdrawal_statements where order_number = ${q.toUpperCase()}
    union all select id from withdrawal_statements where email_normalized ~>=~ ${from} and email_normalized ~<~ ${to}`;
}

/**
 * One statement for staff: its order with the lines that can be taken back as of then, or the orders of its address where none was found,
 * and its history. Throws `withdrawals.no_statement`.
 */
export async function statementForStaff(tx: Tx, id: string) {
  const { accessTokenHash: _, emailNormalized, ...statement } = await findStatement(tx, id);
  const options = statement.orderId ? await withdrawalOptionsAt(tx, statement.orderId, statement.receivedAt) : null;
  const candidates =
    statement.status === "unmatched"
      ? await tx
          .select({ id: orders.id, number: orders.number, placedAt: orders.placedAt })
          .from(customers)
          .innerJoin(orders, eq(orders.customerId, customers.id))
          .where(eq(customers.emailNormalized, emailNormalized))
          .orderBy(desc(orders.placedAt), desc(orders.id))
          .limit(CANDIDATES)
      : [];
  const steps = await tx
    .select({
      at: transitions.at,
      event: transitions.event,
      toState: transitions.toState,
      actor: transitions.actor,
      cause: sql<string | null>`coalesce(${transitions.reason}, ${transitions.cause})`,
    })
    .from(transitions)
    .where(eq(transitions.subjectId, id))
    .orderBy(transitions.id);
  const names = await namesIn(
    tx,
    steps.map((step) => step.actor),
  );
  return {
    ...statement,
    order: options && {
      id: options.orderId,
      number: options.number,
      email: options.email,
      placedAt: options.placedAt,
      currency: options.currency,
      /** Why the money would wait for a person all the same. */
      reviewReason: options.reviewReason,
      lines: options.lines,
    },
    candidates,
    history: steps.map((step) => named(step, names)),
  };
}

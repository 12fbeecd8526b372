import type { AppLoadContext } from "@remix-run/node";
import { formatMoney, type MoneyView } from "../format/money.ts";
import { auditList } from "./audit.ts";
import type { CsvColumn } from "./csv.server.ts";
import { customersList } from "./customers.ts";
import type { ListDefinition } from "./definition.ts";
import { mailList } from "./mail.ts";
import { membershipsList } from "./memberships.ts";
import { ordersList } from "./orders.ts";

type Caller = AppLoadContext["caller"];
type Asked = Record<string, string | number | undefined>;
type Pages<Row> = (caller: Caller, asked: Asked) => Promise<{ items: readonly Row[]; nextCursor: string | null }>;

/** A list that can be taken out as a file: read page by page through the very procedure that the page uses. */
export type ListExport = {
  readonly definition: ListDefinition;
  rows(caller: Caller, asked: Asked): AsyncGenerator<unknown>;
  readonly columns: readonly CsvColumn<never>[];
};

const PAGE = 500;

function listExport<Row>(definition: unknown, pages: Pages<Row>, columns: readonly CsvColumn<Row>[]): ListExport {
  return {
    definition: definition as ListDefinition,
    columns: columns as readonly CsvColumn<never>[],
    async *rows(caller, asked) {
      for (let cursor: string | undefined; ; ) {
        const page = await pages(caller, { ...asked, cursor, limit: PAGE });
        yield* page.items;
        if (page.nextCursor === null) return;
        cursor = page.nextCursor;
      }
    },
  };
}

/** An amount twice: minor units to count with, and as people write it. */
function money<Row>(name: string, of: (row: Row) => MoneyView): CsvColumn<Row>[] {
  return [
    { name: `${name}_minor`, value: (row) => of(row).amount },
    { name: `${name}_currency`, value: (row) => of(row).currency },
    { name, value: (row) => formatMoney(of(row), "en", "ledger") },
  ];
}

type RowsOf<Procedure extends (...args: never[]) => Promise<{ items: readonly unknown[] }>> = Awaited<
  ReturnType<Procedure>
>["items"][number];

/** Every list with a file, by its name. A list that is added here gets its file at `/admin/export/<name>`. */
export const LIST_EXPORTS: readonly ListExport[] = [
  listExport<RowsOf<Caller["audit"]["list"]>>(auditList, (caller, asked) => caller.audit.list(asked as never), [
    { name: "at", value: (row) => row.at },
    { name: "actor", value: (row) => row.actor },
    { name: "action", value: (row) => row.action },
    { name: "subject", value: (row) => row.subject },
    { name: "reason", value: (row) => row.reason },
    { name: "detail", value: (row) => row.detail },
    { name: "position", value: (row) => row.position },
  ]),
  listExport<RowsOf<Caller["orders"]["list"]>>(ordersList, (caller, asked) => caller.orders.list(asked as never), [
    { name: "number", value: (row) => row.number },
    { name: "id", value: (row) => row.id },
    { name: "placed_at", value: (row) => row.placedAt },
    { name: "paid_at", value: (row) => row.paidAt },
    { name: "email", value: (row) => row.email },
    { name: "customer_id", value: (row) => row.customerId },
    { name: "status", value: (row) => row.status },
    { name: "payment", value: (row) => row.paymentStatus },
    { name: "fulfilment", value: (row) => row.fulfilmentStatus },
    { name: "lines", value: (row) => row.what.map((line) => `${line.quantity} × ${line.name}`).join("; ") },
    ...money<RowsOf<Caller["orders"]["list"]>>("total", (row) => ({ amount: row.totalAmount, currency: row.currency })),
  ]),
  listExport<RowsOf<Caller["customers"]["list"]>>(
    customersList,
    (caller, asked) => caller.customers.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "name", value: (row) => row.name },
      { name: "email", value: (row) => row.email },
      { name: "kind", value: (row) => row.kind },
      { name: "orders", value: (row) => row.orders },
      { name: "membership", value: (row) => row.membershipStatus },
      { name: "flags", value: (row) => row.flags.join("; ") },
      { name: "since", value: (row) => row.createdAt },
    ],
  ),
  listExport<RowsOf<Caller["subscriptions"]["list"]>>(
    membershipsList,
    (caller, asked) => caller.subscriptions.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "stripe_subscription_id", value: (row) => row.stripeSubscriptionId },
      { name: "product_id", value: (row) => row.productId },
      { name: "email", value: (row) => row.email },
      { name: "customer_id", value: (row) => row.customerId },
      { name: "order_number", value: (row) => row.orderNumber },
      { name: "status", value: (row) => row.status },
      ...money<RowsOf<Caller["subscriptions"]["list"]>>("price", (row) => ({
        amount: row.amount,
        currency: row.currency,
      })),
      { name: "interval", value: (row) => row.interval },
      { name: "interval_count", value: (row) => row.intervalCount },
      { name: "started_at", value: (row) => row.startedAt },
      { name: "period_end_at", value: (row) => row.currentPeriodEndAt },
      { name: "cancel_at", value: (row) => row.cancelAt },
      { name: "ended_at", value: (row) => row.endedAt },
    ],
  ),
  listExport<RowsOf<Caller["messaging"]["emails"]["list"]>>(
    mailList,
    (caller, asked) => caller.messaging.emails.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "to", value: (row) => row.to },
      { name: "template", value: (row) => row.template },
      { name: "subject", value: (row) => row.subject },
      { name: "language", value: (row) => row.locale },
      { name: "status", value: (row) => row.status },
      { name: "attempts", value: (row) => row.attempts },
      { name: "cause", value: (row) => row.cause },
      { name: "created_at", value: (row) => row.createdAt },
      { name: "sent_at", value: (row) => row.sentAt },
    ],
  ),
];

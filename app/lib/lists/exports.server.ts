import { auditList } from "./audit.ts";
import { customersList } from "./customers.ts";
import { endpointsList } from "./endpoints.ts";
import { type Caller, type ListExport, listExport, money, type RowsOf } from "./export.server.ts";
import { CATALOG_EXPORTS } from "./exports-catalog.server.ts";
import { INBOX_EXPORTS } from "./exports-inbox.server.ts";
import { MONEY_EXPORTS } from "./exports-money.server.ts";
import { PART_EXPORTS } from "./exports-parts.server.ts";
import { membershipsList } from "./memberships.ts";
import { ordersList } from "./orders.ts";
import { organizationsList } from "./organizations.ts";
import { settingsList } from "./settings.ts";
import { staffList } from "./staff.ts";

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
    ...money<RowsOf<Caller["orders"]["list"]>>("vat", (row) => ({ amount: row.taxAmount, currency: row.currency })),
    {
      name: "vat_by_rate",
      value: (row) => row.taxes.map((tax) => `${tax.rateBps / 100} %: ${tax.taxAmount}`).join("; "),
    },
    ...money<RowsOf<Caller["orders"]["list"]>>("refunded", (row) => ({
      amount: row.refundedAmount,
      currency: row.currency,
    })),
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
  listExport<RowsOf<Caller["reporting"]["settings"]>>(
    settingsList,
    (caller, asked) => caller.reporting.settings(asked as never),
    [
      { name: "name", value: (row) => row.name },
      { name: "shown_as", value: (row) => row.as },
      { name: "value", value: (row) => row.value },
    ],
  ),
  listExport<RowsOf<Caller["organizations"]["office"]["list"]>>(
    organizationsList,
    (caller, asked) => caller.organizations.office.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "kind", value: (row) => row.kind },
      { name: "name", value: (row) => row.name },
      { name: "members", value: (row) => row.members },
      { name: "seats_claimed", value: (row) => row.seatsClaimed },
      { name: "payer", value: (row) => row.payer },
      { name: "payer_id", value: (row) => row.billingCustomerId },
      { name: "since", value: (row) => row.createdAt },
      { name: "closed_at", value: (row) => row.closedAt },
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
      { name: "units", value: (row) => row.units },
      { name: "started_at", value: (row) => row.startedAt },
      { name: "period_end_at", value: (row) => row.currentPeriodEndAt },
      { name: "cancel_at", value: (row) => row.cancelAt },
      { name: "ended_at", value: (row) => row.endedAt },
    ],
  ),
  listExport<RowsOf<Caller["identity"]["staff"]["list"]>>(
    staffList,
    (caller, asked) => caller.identity.staff.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "email", value: (row) => row.email },
      { name: "name", value: (row) => row.name },
      { name: "role", value: (row) => row.role },
      { name: "second_factor", value: (row) => (row.secondFactor ? "yes" : "no") },
      { name: "shut", value: (row) => (row.disabled ? "yes" : "no") },
    ],
  ),
  listExport<RowsOf<Caller["announcements"]["endpoints"]["list"]>>(
    endpointsList,
    (caller, asked) => caller.announcements.endpoints.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "name", value: (row) => row.name },
      { name: "url", value: (row) => row.url },
      { name: "on", value: (row) => (row.disabledAt === null ? "yes" : "no") },
      { name: "switched_off_by", value: (row) => row.disabledBy },
      { name: "failures_in_a_row", value: (row) => row.consecutiveFailures },
      { name: "added_at", value: (row) => row.createdAt },
    ],
  ),
  ...CATALOG_EXPORTS,
  ...MONEY_EXPORTS,
  ...PART_EXPORTS,
  ...INBOX_EXPORTS,
];

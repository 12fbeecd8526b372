import { type Caller, type ListExport, listExport, money, type RowsOf } from "./export.server.ts";
import { ledgerAccountsList } from "./ledger-accounts.ts";
import { refundsList } from "./refunds.ts";
import { withdrawalsList } from "./withdrawals.ts";

type Refund = RowsOf<Caller["payments"]["refunds"]["all"]>;
type Withdrawal = RowsOf<Caller["withdrawals"]["list"]>;
type Account = RowsOf<Caller["ledger"]["accounts"]["list"]>;

/** What goes back, and the books, as files. */
export const MONEY_EXPORTS: readonly ListExport[] = [
  listExport<Refund>(refundsList, (caller, asked) => caller.payments.refunds.all(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "order_number", value: (row) => row.orderNumber },
    { name: "order_id", value: (row) => row.orderId },
    { name: "email", value: (row) => row.email },
    { name: "withdrawal_id", value: (row) => row.withdrawalId },
    { name: "status", value: (row) => row.status },
    ...money<Refund>("amount", ({ amount, currency }) => ({ amount, currency })),
    { name: "reason", value: (row) => row.reason },
    { name: "requested_by", value: (row) => row.requestedBy },
    { name: "stripe_refund_id", value: (row) => row.externalId },
    { name: "failure", value: (row) => row.failureCode },
    { name: "created_at", value: (row) => row.createdAt },
    { name: "completed_at", value: (row) => row.completedAt },
  ]),
  listExport<Withdrawal>(withdrawalsList, (caller, asked) => caller.withdrawals.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "order_number", value: (row) => row.orderNumber },
    { name: "order_id", value: (row) => row.orderId },
    { name: "email", value: (row) => row.email },
    { name: "status", value: (row) => row.status },
    { name: "waits_for", value: (row) => row.reviewReason },
    { name: "refusal", value: (row) => row.refusal },
    ...money<Withdrawal>("refund", ({ refundAmount: amount, currency }) =>
      amount === null ? null : { amount, currency },
    ),
    { name: "received_at", value: (row) => row.receivedAt },
    { name: "refund_due_at", value: (row) => row.refundDueAt },
    { name: "completed_at", value: (row) => row.completedAt },
  ]),
  listExport<Account>(ledgerAccountsList, (caller, asked) => caller.ledger.accounts.list(asked as never), [
    { name: "account", value: (row) => row.id },
    { name: "kind", value: (row) => row.kind },
    { name: "side", value: (row) => row.side },
    { name: "owner_id", value: (row) => row.ownerId },
    { name: "currency", value: (row) => row.currency },
    { name: "balance_minor", value: (row) => row.balance },
    { name: "held_minor", value: (row) => row.held },
  ]),
];

import { type Caller, type ListExport, listExport, money, type RowsOf } from "./export.server.ts";
import { invoicesList } from "./invoices.ts";
import { ledgerAccountsList } from "./ledger-accounts.ts";
import { ledgerEntriesList } from "./ledger-entries.ts";
import { monthsList } from "./months.ts";
import { payoutsList } from "./payouts.ts";
import { refundsList } from "./refunds.ts";
import { topUpsList } from "./top-ups.ts";
import { statementsList } from "./withdrawal-statements.ts";
import { withdrawalsList } from "./withdrawals.ts";

type Invoice = RowsOf<Caller["billing"]["invoices"]["list"]>;
type Refund = RowsOf<Caller["payments"]["refunds"]["all"]>;
type Payout = RowsOf<Caller["payments"]["payouts"]["list"]>;
type Withdrawal = RowsOf<Caller["withdrawals"]["list"]>;
type Statement = RowsOf<Caller["withdrawals"]["statements"]["list"]>;
type Entry = RowsOf<Caller["ledger"]["entries"]>;
type TopUp = RowsOf<Caller["checkout"]["topUps"]>;
type Month = RowsOf<Caller["reporting"]["months"]>;
type Account = RowsOf<Caller["ledger"]["accounts"]["list"]>;

/** What goes back, and the books, as files. */
export const MONEY_EXPORTS: readonly ListExport[] = [
  listExport<Invoice>(invoicesList, (caller, asked) => caller.billing.invoices.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "number", value: (row) => row.number },
    { name: "stripe_invoice_id", value: (row) => row.stripeInvoiceId },
    { name: "status", value: (row) => row.status },
    { name: "reason", value: (row) => row.reason },
    { name: "email", value: (row) => row.email },
    { name: "customer_id", value: (row) => row.customerId },
    { name: "organization_id", value: (row) => row.organizationId },
    { name: "membership_id", value: (row) => row.subscriptionId },
    { name: "period_start_at", value: (row) => row.periodStartAt },
    { name: "period_end_at", value: (row) => row.periodEndAt },
    ...money<Invoice>("total", ({ totalAmount: amount, currency }) => ({ amount, currency })),
    ...money<Invoice>("vat", ({ taxAmount: amount, currency }) => ({ amount, currency })),
    ...money<Invoice>("paid", ({ amountPaid: amount, currency }) => ({ amount, currency })),
    { name: "attempts", value: (row) => row.attemptCount },
    { name: "next_attempt_at", value: (row) => row.nextPaymentAttemptAt },
    { name: "created_at", value: (row) => row.createdAt },
    { name: "paid_at", value: (row) => row.paidAt },
  ]),
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
  listExport<Payout>(payoutsList, (caller, asked) => caller.payments.payouts.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "stripe_payout_id", value: (row) => row.externalId },
    { name: "status", value: (row) => row.status },
    ...money<Payout>("amount", ({ amount, currency }) => ({ amount, currency })),
    { name: "failure", value: (row) => row.failureCode },
    { name: "failure_message", value: (row) => row.failureMessage },
    { name: "created_at", value: (row) => row.createdAt },
    { name: "arrives_at", value: (row) => row.arrivalAt },
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
  listExport<Statement>(statementsList, (caller, asked) => caller.withdrawals.statements.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "order_number", value: (row) => row.orderNumber },
    { name: "order_id", value: (row) => row.orderId },
    { name: "withdrawal_id", value: (row) => row.withdrawalId },
    { name: "name", value: (row) => row.name },
    { name: "email", value: (row) => row.email },
    { name: "status", value: (row) => row.status },
    { name: "reason", value: (row) => row.dismissal },
    { name: "received_at", value: (row) => row.receivedAt },
    { name: "completed_at", value: (row) => row.completedAt },
  ]),
  listExport<Entry>(ledgerEntriesList, (caller, asked) => caller.ledger.entries(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "posting_id", value: (row) => row.postingId },
    { name: "at", value: (row) => row.at },
    { name: "kind", value: (row) => row.kind },
    { name: "phase", value: (row) => row.phase },
    { name: "source", value: (row) => row.source },
    { name: "account", value: (row) => row.accountId },
    { name: "currency", value: (row) => row.currency },
    { name: "debit_minor", value: (row) => (row.amount > 0 ? row.amount : null) },
    { name: "credit_minor", value: (row) => (row.amount < 0 ? -row.amount : null) },
  ]),
  listExport<TopUp>(topUpsList, (caller, asked) => caller.checkout.topUps(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "email", value: (row) => row.email },
    { name: "customer_id", value: (row) => row.customerId },
    { name: "status", value: (row) => row.status },
    { name: "failure", value: (row) => row.failureCode },
    { name: "credits", value: (row) => row.credits },
    ...money<TopUp>("total", ({ totalAmount: amount, currency }) => ({ amount, currency })),
    { name: "order_number", value: (row) => row.orderNumber },
    { name: "stripe_payment_id", value: (row) => row.paymentExternalId },
    { name: "created_at", value: (row) => row.createdAt },
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
  listExport<Month>(monthsList, (caller, asked) => caller.reporting.months(asked as never), [
    { name: "month", value: (row) => row.month },
    { name: "currency", value: (row) => row.currency },
    { name: "members", value: (row) => row.members },
    { name: "started", value: (row) => row.started },
    { name: "ended", value: (row) => row.ended },
    { name: "ended_unpaid", value: (row) => row.lost },
    { name: "churn_bps", value: (row) => row.churnBps },
    { name: "charges", value: (row) => row.charges },
    ...money<Month>("charged", ({ charged: amount, currency }) => ({ amount, currency })),
    { name: "refused_attempts", value: (row) => row.refusals },
    { name: "recoveries", value: (row) => row.recoveries },
    ...money<Month>("recovered", ({ recovered: amount, currency }) => ({ amount, currency })),
    { name: "refunds", value: (row) => row.refunds },
    ...money<Month>("refunded", ({ refunded: amount, currency }) => ({ amount, currency })),
    { name: "seats_bought", value: (row) => row.moreSeats },
    { name: "seats_given_up", value: (row) => row.fewerSeats },
    { name: "mails", value: (row) => row.mails },
  ]),
];

import { formatAmount } from "../amounts.ts";
import { invalid } from "../api/errors.ts";
import { recovery } from "../billing/recovery.ts";
import { recordEvent } from "../events/record.ts";
import { cancellationDetails, endSubscription } from "../subscriptions/cancel.ts";
import { change, type Unit } from "../unit.ts";
import type { Customer, Invoice, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";

const day = 86_400;

/** What is asked for of an invoice that is sent: a day, or a number of days; null for one that is charged. */
export interface Terms {
  collection_method?: Invoice["collection_method"] | undefined;
  days_until_due?: number | undefined;
  due_date?: number | undefined;
}

/** Whoever is sent an invoice must be known by email. */
export function mustHaveEmail(customer: Customer): void {
  if (customer.email) return;
  throw invalid(
    "Missing email. In order to create invoices that are sent to the customer, the customer must have a valid email.",
  );
}

/** How an invoice is collected, and when it is due if it is sent. */
export function termsOf(
  customer: Customer,
  sent: Terms,
  from: number,
  before?: Invoice,
): Pick<Invoice, "collection_method" | "due_date"> {
  const method = sent.collection_method ?? before?.collection_method ?? "charge_automatically";
  const { days_until_due: days, due_date: at } = sent;
  if (method === "charge_automatically") {
    const other = days !== undefined ? "days_until_due" : at !== undefined ? "due_date" : undefined;
    if (other) throw invalid(`\`${other}\` can only be set when \`collection_method\` is \`send_invoice\`.`, other);
    return { collection_method: method, due_date: null };
  }
  mustHaveEmail(customer);
  if (days !== undefined && at !== undefined)
    throw invalid(
      "You may only specify one of these parameters: days_until_due, due_date.",
      "days_until_due",
      "parameters_exclusive",
    );
  const due = at ?? (days === undefined ? (before?.due_date ?? undefined) : from + days * day);
  if (due === undefined)
    throw invalid(
      "You must pass either `days_until_due` or `due_date` when `collection_method` is `send_invoice`.",
      "days_until_due",
      "parameter_missing",
    );
  if (at !== undefined && at < from) throw invalid("The `due_date` must be in the future.", "due_date");
  return { collection_method: method, due_date: due };
}

/** Sends an open invoice to its customer: a letter with the way to the page where it is paid. */
export function sendOut(unit: Unit, open: Invoice): Invoice {
  const { world } = unit;
  const sum = formatAmount(open.amount_remaining, open.currency);
  const due = open.due_date === null ? "" : ` by ${new Date(open.due_date * 1000).toISOString().slice(0, 10)}`;
  const link = open.hosted_invoice_url ?? "";
  const text = `${open.account_name} has sent you invoice ${open.number}.\n\nPlease pay ${sum}${due}: ${link}\n\nAs PDF: ${open.invoice_pdf ?? link}\n`;
  world.mailbox.add({
    receivedAt: unit.now * 1000,
    from: "invoices@stripe.test",
    to: open.customer_email ? [open.customer_email] : [],
    subject: `Invoice ${open.number} from ${open.account_name}`,
    messageId: `<${open.id}.${unit.now}@stripe.test>`,
    text,
    html: "",
    headers: [{ name: "X-Invoice", value: open.id }],
    attachments: [],
    links: [link, ...(open.invoice_pdf ? [open.invoice_pdf] : [])],
  });
  recordEvent(unit, "invoice.sent", open);
  return open;
}

function subscriptionBehind(unit: Unit, invoice: Invoice): Subscription | undefined {
  return unit.world.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");
}

/** The day has come and the invoice is not paid: its subscription is past due, and after some more days the account's setting decides. */
export function becomeOverdue(unit: Unit, id: string): void {
  const { world } = unit;
  const open = world.invoices.get(id);
  if (open?.status !== "open" || open.due_date === null) return;
  const subscription = subscriptionBehind(unit, open);
  const { endAction, overdueDays } = recovery(world);
  const last = open.due_date + overdueDays * day;
  if (unit.now < last || overdueDays === 0) {
    recordEvent(unit, "invoice.overdue", open);
    if (subscription?.status === "active" || subscription?.status === "trialing")
      change(unit, world.subscriptions, subscription, { status: "past_due" }, "customer.subscription.updated");
    if (unit.now < last) world.due.put({ kind: "invoice.overdue", id, at: last });
    if (unit.now < last) return;
  }
  const overdue = world.subscriptions.get(subscription?.id ?? "");
  if (overdue?.status !== "past_due") return;
  if (endAction === "unpaid")
    change(unit, world.subscriptions, overdue, { status: "unpaid" }, "customer.subscription.updated");
  if (endAction !== "cancel") return;
  const why = { ...cancellationDetails(overdue, undefined, true), reason: "payment_failed" as const };
  endSubscription(unit, overdue, why);
}

import { single } from "../subscriptions/items.ts";
import { cutShort } from "../subscriptions/part-periods.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import type { Plan } from "../subscriptions/plan-change.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import type { Unit } from "../unit.ts";
import type { Customer, Invoice, Subscription } from "../wire.ts";
import { newInvoice, pendingItems } from "./build.ts";

/** What the subscription's next renewal will say, with the prorations that wait for it. */
export function nextRenewal(
  unit: Unit,
  customer: Customer,
  current: Subscription,
  plan: Plan,
  waiting = pendingItems(unit.world, customer.id, current.id, current.currency),
): Invoice {
  const after: Subscription = { ...current, ...plan.changed };
  const end = periodEnd(after);
  const items = plan.items
    .filter((item) => item.current_period_end === end)
    .map((item) => ({
      ...item,
      current_period_start: item.current_period_end,
      current_period_end: item.price.recurring
        ? nextPeriodEnd(after.billing_cycle_anchor, item.current_period_end, item.price.recurring)
        : item.current_period_end,
    }));
  // A period in which the subscription is to end is that much shorter, and cheaper.
  const last = after.cancel_at ?? Number.POSITIVE_INFINITY;
  const start = Math.min(...plan.items.map((item) => item.current_period_start));
  return newInvoice(
    { ...unit, now: end },
    customer,
    { ...after, ...single(after, items) },
    {
      reason: "upcoming",
      period: { start, end },
      items: items.map((item) => cutShort(item, last).billed),
      pending: [...waiting, ...plan.prorations],
      used: after.status === "trialing" ? [] : plan.items.filter((item) => item.current_period_end === end),
    },
  );
}

/** A preview is no invoice: it has an id of its own kind, and only its lines can be asked for again. */
export function asPreview(invoice: Invoice): Invoice {
  const id = invoice.id.replace(/^in_/, "upcoming_in_");
  const data = invoice.lines.data.map((line) => ({ ...line, id: line.id.replace(/^il_/, "il_tmp_"), invoice: id }));
  return { ...invoice, id, auto_advance: true, lines: { ...invoice.lines, data, url: `/v1/invoices/${id}/lines` } };
}

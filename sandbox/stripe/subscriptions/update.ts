import { invalid } from "../api/errors.ts";
import { mergeMetadata } from "../api/metadata.ts";
import type { Values } from "../api/params.ts";
import { endDiscount, readDiscounts } from "../coupons/discounts.ts";
import { inParam, inPath } from "../lookups.ts";
import { readRates } from "../taxes/read-rates.ts";
import { change, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { cancellationDetails } from "./cancel.ts";
import { carryOut } from "./carry-out.ts";
import { endOf, ownMethod, sendingOf } from "./create.ts";
import { exclusive, type updateParams } from "./params.ts";
import { planChange, type Wanted } from "./plan-change.ts";
import { shortenPeriod } from "./planned-end.ts";
import { addInvoiceItems, readItemChanges, type Terms } from "./read-items.ts";
import { collectOverdue } from "./standing.ts";

export type SentUpdate = Values<typeof updateParams>;

/** Parameters that a subscription which has ended still takes. */
const afterTheEnd = new Set(["cancellation_details", "metadata"]);

function refuseEnded(current: Subscription, sent: SentUpdate): void {
  if (current.status !== "canceled" && current.status !== "incomplete_expired") return;
  const other = Object.entries(sent).find(([name, value]) => value !== undefined && !afterTheEnd.has(name));
  if (other)
    throw invalid(
      "A canceled subscription can only update its cancellation_details and metadata.",
      undefined,
      "invalid_canceled_subscription_fields",
    );
}

/** What asking for an end, or taking it back, changes. */
function plannedEnd(unit: Unit, current: Subscription, sent: SentUpdate): Partial<Subscription> {
  exclusive(sent.cancel_at ?? undefined, sent.cancel_at_period_end, ["cancel_at", "cancel_at_period_end"]);
  const takenBack =
    (sent.cancel_at === null && current.cancel_at !== null) ||
    (sent.cancel_at_period_end === false && current.cancel_at_period_end);
  if (takenBack) return { cancel_at: null, cancel_at_period_end: false, canceled_at: null };
  if (sent.cancel_at_period_end && current.cancel_at_period_end) return {};
  return endOf(unit.now, current, { cancel_at: sent.cancel_at, cancel_at_period_end: sent.cancel_at_period_end });
}

function words(
  current: Subscription,
  sent: SentUpdate,
  ending: Partial<Subscription>,
): Subscription["cancellation_details"] {
  const ended = current.status === "canceled" || current.status === "incomplete_expired";
  const touched = ended || ending.cancel_at !== undefined || sent.cancellation_details;
  if (!touched) return current.cancellation_details;
  const requested = ended || (ending.cancel_at === undefined ? current.cancel_at !== null : ending.cancel_at !== null);
  return cancellationDetails(current, sent.cancellation_details, requested);
}

/** Discounts that are named stay, coupons become new ones, and what is not named any more ends. */
function newDiscounts(unit: Unit, current: Subscription, sent: SentUpdate): Partial<Subscription> {
  if (sent.discounts === undefined) return {};
  const owner = { customer: idOf(current.customer), subscription: current.id };
  const discounts = readDiscounts(unit, sent.discounts, owner);
  for (const one of current.discounts) {
    const id = idOf(one);
    if (id !== null && !discounts.includes(id)) endDiscount(unit, id);
  }
  return { discounts };
}

/** What does not touch the price of anything. */
function plainChanges(unit: Unit, current: Subscription, sent: SentUpdate): Partial<Subscription> {
  const ending = plannedEnd(unit, current, sent);
  const method = sent.default_payment_method;
  const settings = sent.trial_settings?.end_behavior;
  const payment = sent.payment_settings;
  const before = current.payment_settings;
  return {
    ...ending,
    ...newDiscounts(unit, current, sent),
    cancellation_details: words(current, sent, ending),
    default_payment_method:
      typeof method === "string"
        ? ownMethod(unit, idOf(current.customer) ?? "", method)
        : method === null
          ? null
          : current.default_payment_method,
    ...(sent.collection_method === undefined && sent.days_until_due === undefined
      ? {}
      : sendingOf(inParam(unit.world.customers, idOf(current.customer) ?? "", "customer"), sent, current)),
    default_tax_rates: readRates(unit, sent.default_tax_rates, "default_tax_rates") ?? current.default_tax_rates ?? [],
    description: sent.description === undefined ? current.description : sent.description,
    metadata: mergeMetadata(current.metadata, sent.metadata),
    pause_collection:
      sent.pause_collection === undefined
        ? current.pause_collection
        : sent.pause_collection && {
            behavior: sent.pause_collection.behavior,
            resumes_at: sent.pause_collection.resumes_at ?? null,
          },
    ...(payment && before
      ? {
          payment_settings: {
            ...before,
            payment_method_types: payment.payment_method_types ?? before.payment_method_types,
            save_default_payment_method: payment.save_default_payment_method ?? before.save_default_payment_method,
          },
        }
      : {}),
    ...(settings
      ? {
          trial_settings: {
            end_behavior: {
              billing_cycle_anchor: settings.billing_cycle_anchor ?? null,
              missing_payment_method: settings.missing_payment_method ?? "create_invoice",
            },
          },
        }
      : {}),
  };
}

function wantedOf(unit: Unit, current: Subscription, sent: SentUpdate, terms?: Terms): Wanted | undefined {
  const anchorNow = sent.billing_cycle_anchor?.type === "now";
  if (sent.items === undefined && !anchorNow && sent.trial_end === undefined) return undefined;
  const at = sent.proration_date ?? unit.now;
  const start = Math.min(...current.items.data.map((item) => item.current_period_start));
  if (at < start) throw invalid("proration_date must be within the current period.", "proration_date");
  return {
    anchorNow,
    at,
    behavior: sent.proration_behavior ?? "create_prorations",
    items: readItemChanges(unit, current, sent.items ?? [], terms),
    trialEnd: sent.trial_end,
  };
}

/** When collection goes on, or a planned end comes, is a date of its own. */
function keepDates(unit: Unit, after: Subscription): void {
  const { due } = unit.world;
  const resumes = after.pause_collection?.resumes_at ?? null;
  if (resumes === null) due.drop("subscription.resume_collection", after.id);
  else due.put({ kind: "subscription.resume_collection", id: after.id, at: resumes });
  if (after.cancel_at === null || after.cancel_at_period_end) due.drop("subscription.cancel", after.id);
  else due.put({ kind: "subscription.cancel", id: after.id, at: after.cancel_at });
}

/** Changes a subscription. Prices, quantities, anchor and trial are prorated; another card takes up what is overdue. */
export function updateSubscription(unit: Unit, id: string | undefined, sent: SentUpdate, terms?: Terms): Subscription {
  const { world } = unit;
  const current = inPath(world.subscriptions, id);
  refuseEnded(current, sent);
  if (sent.add_invoice_items) addInvoiceItems(unit, idOf(current.customer) ?? "", current.id, sent.add_invoice_items);
  const patch = plainChanges(unit, current, sent);
  const wanted = wantedOf(unit, current, sent, terms);
  const updated = wanted
    ? carryOut(unit, current, planChange(unit, { ...current, ...patch }, wanted), {
        payment: sent.payment_behavior ?? "allow_incomplete",
        offSession: sent.off_session ?? false,
        patch,
      })
    : change(unit, world.subscriptions, current, patch, "customer.subscription.updated");
  keepDates(unit, updated);
  shortenPeriod(unit, current, updated, sent.proration_behavior ?? "create_prorations");
  if (patch.default_payment_method !== current.default_payment_method) collectOverdue(unit, updated);
  return world.subscriptions.get(updated.id) ?? updated;
}

import type Stripe from "stripe";
import { ProviderError } from "../../kernel/errors.ts";
import type { ChangeGateway } from "../../subscriptions/change-gateway.ts";
import { CARRIED_UNTIL } from "./carried.ts";
import { previewOf, prorated, unix } from "./change-preview.ts";
import { callStripe } from "./client.ts";
import { withAllLines } from "./invoice-lines.ts";
import { dropAhead, dropUnpaid, isRefusal, itemOf, refuseMoved, refuseOvertaken } from "./late-changes.ts";
import { expanded, idOf, instant } from "./mapping.ts";
import { payOpen } from "./pay-open.ts";
import { CHANGE_ID, DISCOUNT_CHANGE, PAUSE_FROM, RESUME_AT } from "./subscription-facts.ts";

type Subscription = Stripe.Subscription;

const noPause = { pause_collection: "", metadata: { [PAUSE_FROM]: "", [RESUME_AT]: "" } } as const;

export function stripeSubscriptionChanges(stripe: Stripe): ChangeGateway {
  const read = (id: string) => callStripe("read", () => stripe.subscriptions.retrieve(id, { expand: ["schedule"] }));
  const write = (id: string, key: string, params: Stripe.SubscriptionUpdateParams) =>
    callStripe("write", () => stripe.subscriptions.update(id, params, { idempotencyKey: `${key}:update` }));

  /** Whatever else follows by a schedule gives way: with one, nothing else can be changed there. */
  async function release(subscription: Subscription, key: string): Promise<void> {
    const schedule = expanded<Stripe.SubscriptionSchedule>(subscription.schedule);
    if (schedule?.status !== "active" && schedule?.status !== "not_started") return;
    await callStripe("write", () =>
      stripe.subscriptionSchedules.release(schedule.id, {}, { idempotencyKey: `${key}:release:${schedule.id}` }),
    );
  }

  /** The schedule that carries this change, made if it is not there yet. */
  async function scheduleFor(subscription: Subscription, key: string, changeId: string) {
    const attached = expanded<Stripe.SubscriptionSchedule>(subscription.schedule);
    if (attached?.metadata?.[CHANGE_ID] === changeId) return attached;
    await release(subscription, key);
    return callStripe("write", () =>
      stripe.subscriptionSchedules.create(
        { from_subscription: subscription.id, metadata: { [CHANGE_ID]: changeId } },
        { idempotencyKey: `${key}:schedule` },
      ),
    );
  }

  /** An end that passes between the look and the call is refused with other words: whether it was that is seen by looking again. */
  async function orMoved(id: string, toldEndAt: Date | null, call: () => Promise<unknown>): Promise<void> {
    try {
      await callStripe("write", call);
    } catch (error) {
      if (isRefusal(error)) refuseMoved(await read(id), toldEndAt);
      throw error;
    }
  }

  /** One coupon for each share and number of months, made the first time that it is needed. */
  async function couponFor({ bps, months }: { bps: number; months: number }, key: string): Promise<string> {
    const id = `off-${bps}-${months}m`;
    const terms = { percent_off: bps / 100, duration: "repeating", duration_in_months: months } as const;
    try {
      await callStripe("write", () => stripe.coupons.create({ id, ...terms }, { idempotencyKey: `${key}:coupon` }));
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code !== "resource_already_exists") throw error;
    }
    return id;
  }

  return {
    async previewChange({ externalId, stripePriceId, quantity, prorationAt, timing, endsTrial = false }) {
      const item = itemOf(await read(externalId));
      const preview = await callStripe("read", () =>
        stripe.invoices.createPreview({
          subscription: externalId,
          subscription_details: {
            items: [{ id: item.id, ...(stripePriceId === null ? {} : { price: stripePriceId }), quantity }],
            ...prorated(timing, prorationAt),
            ...(endsTrial ? { trial_end: "now" } : {}),
          },
        }),
      );
      return previewOf(await withAllLines(stripe, preview), timing);
    },
    async cancelAtEnd({ externalId, key, toldEndAt, reason, comment }) {
      const subscription = refuseMoved(await read(externalId), toldEndAt);
      await release(subscription, key);
      await write(externalId, key, {
        ...(subscription.pause_collection ? noPause : {}),
        cancel_at_period_end: true,
        cancellation_details: wordsOf(reason, comment),
      });
    },
    async cancelNow({ externalId, key, reason, comment }) {
      // What is not paid is not owed any more: nobody is asked for it after the end.
      await dropAhead(stripe, externalId, key);
      const subscription = await read(externalId);
      if (subscription.status !== "canceled" && subscription.status !== "incomplete_expired") {
        await release(subscription, key);
        await callStripe("write", () =>
          stripe.subscriptions.cancel(
            externalId,
            { prorate: false, invoice_now: false, cancellation_details: wordsOf(reason, comment) },
            { idempotencyKey: `${key}:cancel` },
          ),
        );
      }
      await dropUnpaid(stripe, externalId, key);
    },
    async keep({ externalId, key }) {
      const subscription = await read(externalId);
      await release(subscription, key);
      const ends = subscription.cancel_at_period_end
        ? { cancel_at_period_end: false }
        : subscription.cancel_at === null
          ? {}
          : { cancel_at: "" as const };
      const params = { ...ends, ...(subscription.pause_collection ? noPause : {}) };
      if (Object.keys(params).length > 0) await write(externalId, key, params);
    },
    async changeNow({ externalId, key, toldEndAt, stripePriceId, quantity, prorationAt, timing, trialEnd }) {
      const subscription = await read(externalId);
      // What was shown as the first charge would come on top of the one that the trial ended with.
      if (trialEnd !== null && subscription.status !== "trialing")
        throw new ProviderError("stripe", "rejected", "The trial is over by now.", { code: "trial_over" });
      await release(subscription, key);
      const inPlaceOf =
        prorationAt === null && timing === "new_cycle"
          ? { since: toldEndAt ?? instant(itemOf(subscription).current_period_start) }
          : null;
      if (inPlaceOf) await dropAhead(stripe, externalId, key, inPlaceOf);
      await write(externalId, key, {
        items: [{ id: itemOf(subscription).id, ...(stripePriceId === null ? {} : { price: stripePriceId }), quantity }],
        ...(prorationAt ? prorated(timing, prorationAt) : { proration_behavior: "none" }),
        ...(inPlaceOf ? { billing_cycle_anchor: { type: "now" } } : {}),
        ...(trialEnd === null ? {} : { trial_end: trialEnd === "now" ? "now" : unix(trialEnd) }),
        ...(prorationAt && timing !== "next_invoice" ? { payment_behavior: "pending_if_incomplete" } : {}),
        // By this a look knows that something waits for the next invoice.
        ...(prorationAt && timing === "next_invoice"
          ? { metadata: { [CARRIED_UNTIL]: String(itemOf(subscription).current_period_end) } }
          : {}),
      });
      if (inPlaceOf) await dropUnpaid(stripe, externalId, key, inPlaceOf);
    },
    async changeAtEnd({ externalId, key, toldEndAt, stripePriceId, quantity, changeId, at, interval, intervalCount }) {
      const subscription = refuseMoved(await read(externalId), toldEndAt);
      const item = itemOf(subscription);
      const schedule = await scheduleFor(subscription, key, changeId);
      // A phase that names none would end what is taken off now.
      const kept = subscription.discounts.flatMap((one) => idOf(one) ?? []).map((discount) => ({ discount }));
      const discounts = kept.length > 0 ? { discounts: kept } : {};
      await orMoved(externalId, toldEndAt, () =>
        stripe.subscriptionSchedules.update(
          schedule.id,
          {
            end_behavior: "release",
            phases: [
              {
                items: [{ price: item.price.id, quantity: item.quantity ?? 1 }],
                start_date: item.current_period_start,
                end_date: at ? unix(at) : item.current_period_end,
                ...discounts,
              },
              {
                items: [{ price: stripePriceId ?? item.price.id, quantity }],
                duration: { interval, interval_count: intervalCount },
                proration_behavior: "none",
                ...discounts,
              },
            ],
          },
          { idempotencyKey: `${key}:phases` },
        ),
      );
    },
    async pauseSince({ externalId, key, since, resumeAt }) {
      const subscription = await read(externalId);
      if (subscription.status !== "active")
        throw new ProviderError("stripe", "rejected", "What is overdue does not rest.", { code: "not_active" });
      await release(subscription, key);
      await dropAhead(stripe, externalId, key, { since });
      await write(externalId, key, {
        pause_collection: { behavior: "void" },
        metadata: { [PAUSE_FROM]: String(unix(since)), [RESUME_AT]: resumeAt ? String(unix(resumeAt)) : "" },
      });
      await dropUnpaid(stripe, externalId, key, { since });
    },
    async pauseAtEnd({ externalId, key, toldEndAt, resumeAt }) {
      const subscription = refuseMoved(await read(externalId), toldEndAt);
      await release(subscription, key);
      await write(externalId, key, {
        pause_collection: { behavior: "void" },
        metadata: {
          [PAUSE_FROM]: String(itemOf(subscription).current_period_end),
          [RESUME_AT]: resumeAt ? String(unix(resumeAt)) : "",
        },
      });
    },
    async resumeNow({ externalId, key }) {
      const present = await read(externalId);
      // A trial that ended without a card: the provider itself has paused it, and knows another way on.
      if (present.status === "paused") {
        await callStripe("write", () =>
          stripe.subscriptions.resume(
            externalId,
            { billing_cycle_anchor: { type: "now" }, proration_behavior: "none" },
            { idempotencyKey: key },
          ),
        );
        return;
      }
      await write(externalId, key, {
        ...noPause,
        billing_cycle_anchor: { type: "now" },
        proration_behavior: "none",
      });
    },
    async freeUntil({ externalId, key, toldEndAt, until }) {
      const subscription = await read(externalId);
      // Renewed since the day was shown: what was paid for now would be charged again before its end.
      if (subscription.trial_end !== unix(until) && itemOf(subscription).current_period_end >= unix(until))
        throw new ProviderError("stripe", "rejected", "The period ends later by now.", { code: "end_moved" });
      if (toldEndAt) await dropAhead(stripe, externalId, key, { since: toldEndAt });
      await write(externalId, key, { trial_end: unix(until), proration_behavior: "none" });
      if (toldEndAt) await dropUnpaid(stripe, externalId, key, { since: toldEndAt });
    },
    async discount({ externalId, key, toldEndAt, changeId, off }) {
      if (toldEndAt) refuseOvertaken(await read(externalId), toldEndAt, changeId);
      const discounts = off ? [{ coupon: await couponFor(off, key) }] : ("" as const);
      await write(externalId, key, { discounts, metadata: { [DISCOUNT_CHANGE]: changeId } });
    },
    payOpen: (bills) => payOpen(stripe, bills),
  };
}

function wordsOf(reason: string | null, comment: string | null): Stripe.SubscriptionCancelParams.CancellationDetails {
  return {
    ...(reason ? { feedback: reason as Stripe.SubscriptionCancelParams.CancellationDetails.Feedback } : {}),
    ...(comment ? { comment } : {}),
  };
}

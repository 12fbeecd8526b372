import type { INTERVALS } from "../../drizzle/schema/catalog.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Change, ChangeGateway } from "../subscriptions/index.ts";

/** A change, and the provider's id of the membership that it is of. */
export type Sending = { readonly change: Change; readonly externalId: string };

/** The one call that a change is, as it was asked for, under the change's own key. */
export async function sendChange(gateway: ChangeGateway, { change, externalId }: Sending): Promise<void> {
  const call = { externalId, key: change.id };
  const { kind, timing, stripePriceId, reason, comment, resumeAt, prorationAt, toldEndAt } = change;
  const trialEnd = change.trialEndAt && prorationAt ? "now" : change.trialEndAt;
  const quantity = change.quantity ?? 1;
  switch (kind) {
    case "cancel":
      return timing === "now"
        ? gateway.cancelNow({ ...call, reason, comment })
        : gateway.cancelAtEnd({ ...call, toldEndAt, reason, comment });
    case "keep":
      return gateway.keep(call);
    case "plan":
    case "seats":
    case "units":
      invariant(kind !== "plan" || stripePriceId, "a change to another price names it");
      invariant(kind === "plan" || change.quantity, "a change of seats or units says how many");
      if (timing !== "period_end")
        return gateway.changeNow({ ...call, toldEndAt, stripePriceId, quantity, prorationAt, timing, trialEnd });
      return gateway.changeAtEnd({
        ...{ ...call, toldEndAt, stripePriceId, quantity },
        changeId: change.id,
        // Of a campaign's end, and of a move that was told too late for the period that runs.
        at: change.effectiveAt,
        interval: (change.interval ?? "month") as (typeof INTERVALS)[number],
        intervalCount: change.intervalCount ?? 1,
      });
    case "pause":
      return gateway.pauseAtEnd({ ...call, toldEndAt, resumeAt });
    case "free":
      invariant(change.freeUntilAt, "free time has an end");
      return gateway.freeUntil({ ...call, toldEndAt, until: change.freeUntilAt });
    case "discount": {
      const { discountBps: bps, discountMonths: months } = change;
      return gateway.discount({ ...call, toldEndAt, changeId: change.id, off: bps && months ? { bps, months } : null });
    }
    case "version":
      // The price is the same: the provider has nothing to change.
      return;
    case "resume":
      return gateway.resumeNow(call);
    case "retry":
      invariant(change.stripeInvoiceId, "what is charged again is an invoice");
      return gateway.payOpen({ ...call, stripeInvoiceId: change.stripeInvoiceId });
  }
}

/**
 * At once, and nothing is charged for it; of another cycle its first period, since what was charged instead is paid back. Of money off
 * what is left: for so many months more (`monthsLeft`).
 */
export async function sendLate(
  gateway: ChangeGateway,
  { change, externalId }: Sending,
  monthsLeft: number,
): Promise<void> {
  const call = { externalId, key: `${change.id}:late` };
  if (change.kind === "discount") {
    const off = change.discountBps && monthsLeft > 0 ? { bps: change.discountBps, months: monthsLeft } : null;
    // How many are left may be others when it is tried again.
    return gateway.discount({ ...call, key: `${call.key}:${monthsLeft}`, toldEndAt: null, changeId: change.id, off });
  }
  const { kind, stripePriceId, reason, comment, resumeAt, toldEndAt } = change;
  if (kind === "cancel") return gateway.cancelNow({ ...call, reason, comment });
  invariant(toldEndAt, "what is late was told for an instant");
  if (kind === "pause") return gateway.pauseSince({ ...call, since: toldEndAt, resumeAt });
  const timing = change.lateAmount === null ? "new_cycle" : "now";
  return gateway.changeNow({
    ...call,
    stripePriceId,
    quantity: change.quantity ?? 1,
    toldEndAt,
    prorationAt: null,
    timing,
    trialEnd: null,
  });
}

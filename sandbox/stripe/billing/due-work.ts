import type { DueEntry } from "../../store/due-list.ts";
import { expireCharge } from "../charges/capture.ts";
import { settleDebit } from "../checkout/delayed.ts";
import { expireSession } from "../checkout/expire.ts";
import { expireGrant } from "../credit-grants/operations.ts";
import { decideDispute } from "../disputes/life.ts";
import { becomeOverdue } from "../invoices/send.ts";
import { replaceCard } from "../payment-methods/replace.ts";
import { settleRefund } from "../refunds/settle.ts";
import { schedulePauses } from "../schedules/pauses.ts";
import { schedulePhase } from "../schedules/phases.ts";
import { cancelAsPlanned } from "../subscriptions/cancel.ts";
import { resumeAsPlanned, resumeCollection } from "../subscriptions/pause.ts";
import { expirePendingUpdate } from "../subscriptions/pending-update.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import { expireIncomplete } from "../subscriptions/start.ts";
import { trialWillEnd } from "../subscriptions/trials.ts";
import { announceInvoice } from "../subscriptions/upcoming.ts";
import { deleteTestClock, runTestClock } from "../test-clocks/advance.ts";
import { byItself, inUnit, type Unit } from "../unit.ts";
import { idOf, type World } from "../world.ts";
import { collect, endPeriod, retry } from "./renew.ts";

const names: Record<DueEntry["kind"], string> = {
  "checkout.expire": "a checkout expires",
  "subscription.period_end": "a subscription's period ends",
  "subscription.trial_will_end": "a trial is about to end",
  "subscription.cancel": "a subscription ends as planned",
  "subscription.incomplete_expire": "a first payment has not come in time",
  "subscription.pending_update_expire": "a change that waited for its payment is dropped",
  "subscription.resume_collection": "collection goes on after a pause",
  "subscription.resume": "a subscription goes on after a pause",
  "invoice.finalize": "a renewal is charged",
  "invoice.overdue": "an invoice that was sent is overdue",
  "invoice.retry": "a failed renewal is tried again",
  "payment.settle": "a bank decides about a debit",
  "charge.expire": "reserved money goes back",
  "refund.settle": "a bank decides about a refund",
  "dispute.decide": "a bank decides about a dispute",
  "subscription.upcoming": "an invoice to come is announced",
  "schedule.phase": "a schedule's phase begins or ends",
  "schedule.pause": "a schedule's subscription pauses or goes on",
  "card.replace": "a card network replaces a card that is about to expire",
  "credit_grant.expire": "a credit grant expires",
  "test_clock.advance": "a test clock is advanced",
  "test_clock.delete": "a test clock is deleted",
};

export function describeDue(entry: DueEntry): string {
  return `${names[entry.kind]} (${entry.id})`;
}

const work: Record<DueEntry["kind"], (unit: Unit, id: string) => void> = {
  "checkout.expire": (unit, id) => {
    const session = unit.world.sessions.get(id);
    if (session?.status === "open") expireSession(unit, session);
  },
  "subscription.period_end": (unit, id) => {
    // A phase that ends with the period says what is billed from here on, and may have billed it.
    const schedule = idOf(unit.world.subscriptions.get(id)?.schedule);
    if (schedule !== null) schedulePhase(unit, schedule);
    const subscription = unit.world.subscriptions.get(id);
    if (subscription && goesOn.has(subscription.status) && periodEnd(subscription) <= unit.now)
      endPeriod(unit, subscription);
  },
  "subscription.trial_will_end": trialWillEnd,
  "subscription.cancel": cancelAsPlanned,
  "subscription.incomplete_expire": expireIncomplete,
  "subscription.pending_update_expire": expirePendingUpdate,
  "subscription.resume_collection": resumeCollection,
  "subscription.resume": resumeAsPlanned,
  "invoice.finalize": collect,
  "invoice.retry": retry,
  "invoice.overdue": becomeOverdue,
  "payment.settle": settleDebit,
  "charge.expire": expireCharge,
  "refund.settle": settleRefund,
  "dispute.decide": decideDispute,
  "subscription.upcoming": announceInvoice,
  "schedule.phase": schedulePhase,
  "schedule.pause": schedulePauses,
  "card.replace": replaceCard,
  "credit_grant.expire": expireGrant,
  "test_clock.advance": (unit, id) => runTestClock(unit, id, carryOut),
  "test_clock.delete": (unit, id) => {
    const clock = unit.world.testClocks.get(id);
    if (clock) deleteTestClock(unit, clock);
  },
};

const goesOn = new Set<string>(["active", "past_due", "trialing", "unpaid"]);

function carryOut(unit: Unit, entry: DueEntry): void {
  unit.world.due.drop(entry.kind, entry.id);
  work[entry.kind](unit, entry.id);
}

/** Lets one thing happen, as its own unit of work. */
export function perform(world: World, entry: DueEntry): void {
  inUnit(world, byItself, (unit) => carryOut(unit, entry));
}

/** How much is done in one transaction at most, and for how many milliseconds, so that a full day does not keep everybody waiting. */
const [portion, portionMs] = [200, 25];

export interface Portion {
  performed: number;
  /** Whether everything that was due is done. */
  complete: boolean;
}

/** While time passes by itself: does what is due by now. */
export function performDue(world: World): void {
  world.database.unit(() => {
    for (let performed = 0; performed < portion; performed += 1) {
      const next = world.due.first();
      if (!next || next.at > world.clock.seconds()) return;
      perform(world, next);
    }
  });
}

/** While the clock is being moved: does what is due up to an instant, each thing at its own time, in order; then the clock stands there. */
export function performUntil(world: World, until: number): Portion {
  return world.database.unit(() => {
    const began = performance.now();
    let performed = 0;
    for (; performed < portion && performance.now() - began < portionMs; performed += 1) {
      const next = world.due.first();
      if (!next || next.at * 1000 > until) {
        world.clock.holdAt(until);
        return { performed, complete: true };
      }
      world.clock.stepTo(next.at * 1000);
      perform(world, next);
    }
    world.clock.holdAt(world.clock.now());
    return { performed, complete: false };
  });
}

import type { ChangeKind, ChangeTiming } from "./change-status.ts";
import type { SubscriptionStatus } from "./subscription-status.ts";

/** What decides which changes a membership can be asked for. */
export type ChangeFacts = {
  readonly status: SubscriptionStatus;
  readonly cancelAt: Date | string | null;
  readonly pauseAt: Date | string | null;
  /** What is scheduled with us; an end or pause that was asked for at the provider shows in the dates alone. */
  readonly scheduledKind: ChangeKind | null;
  /** What is scheduled is the end of a campaign's months: no wish of the member's, and theirs to change but not to undo. */
  readonly campaignEnds: boolean;
  /** Something of a change waits for the next invoice: what would set that invoice aside, or bring it early, waits too. */
  readonly carries: boolean;
  /**
   * Until when it is free although it was paid for before; null: it is not. The provider reckons nothing in such a time: more would be
   * had for nothing, and less would lose what was paid.
   */
  readonly freeUntil: Date | null;
  /** Something is under way, and its outcome is not known yet. */
  readonly inFlight: boolean;
};

export type AllowedChanges = {
  /** When an end that a member asks for takes effect; null: it cannot be asked for. */
  readonly cancel: "now" | "period_end" | null;
  /** What of the scheduled things can be taken back. */
  readonly keep: "cancel" | "plan" | "pause" | "seats" | "units" | null;
  readonly plan: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly retry: boolean;
  /** Free time and money off, which staff give, or which somebody who was leaving accepts. */
  readonly free: boolean;
  readonly discount: boolean;
  /** More or fewer seats, where its price sells any. */
  readonly seats: boolean;
  /** More or fewer of a membership, where more than one may be had. */
  readonly units: boolean;
};

const NONE: AllowedChanges = {
  cancel: null,
  keep: null,
  plan: false,
  pause: false,
  resume: false,
  retry: false,
  free: false,
  discount: false,
  seats: false,
  units: false,
};

/**
 * The one answer to what can be asked for now: pages offer it, procedures refuse by it, and the worker asks again before
 * it sends. What was not paid is not kept running: an end of something overdue or paused comes at once.
 */
export function allowedChanges(facts: ChangeFacts): AllowedChanges {
  if (facts.inFlight) return NONE;
  switch (facts.status) {
    case "active":
    case "trialing": {
      if (facts.cancelAt !== null) return { ...NONE, keep: "cancel" };
      if (facts.pauseAt !== null) return { ...NONE, keep: "pause", cancel: "period_end" };
      const fewer = facts.scheduledKind === "seats" || facts.scheduledKind === "units" ? facts.scheduledKind : null;
      const other = facts.scheduledKind === "plan" || facts.scheduledKind === "version";
      const keep = fewer ?? (other && !facts.campaignEnds ? "plan" : null);
      const pause = facts.status === "active" && keep === null && !facts.carries;
      // While a schedule says what comes next, the provider changes neither the end of a period nor what is taken off.
      const given = { free: !other && !fewer && !facts.carries, discount: !other && !fewer };
      // A campaign's end is booked anew for as many as there are then.
      const charged = facts.freeUntil === null;
      const counted = { seats: charged && !other, units: charged && (!other || facts.campaignEnds) };
      // Another plan would be paid with what is to go: whoever has booked fewer takes that back, or waits.
      return { ...NONE, cancel: "period_end", keep, plan: charged && !fewer, pause, ...given, ...counted };
    }
    case "past_due":
    case "unpaid":
      return { ...NONE, cancel: "now", retry: true };
    case "paused":
      return { ...NONE, cancel: "now", resume: true };
    case "incomplete":
    case "incomplete_expired":
    case "canceled":
      return NONE;
  }
}

/** Whether a wish may be asked for now. Staff may also end what runs at once; free time and money off are theirs to offer. */
export function isAllowed(
  wish: {
    readonly kind: ChangeKind;
    readonly timing: ChangeTiming;
    readonly byStaff: boolean;
    readonly offered?: boolean;
  },
  facts: ChangeFacts,
): boolean {
  const allowed = allowedChanges(facts);
  switch (wish.kind) {
    case "cancel":
      if (wish.timing === "now" && wish.byStaff) return !facts.inFlight && isRunning(facts.status);
      return allowed.cancel === wish.timing;
    case "keep":
      return allowed.keep !== null || (wish.byStaff && facts.campaignEnds && !facts.inFlight);
    case "plan":
    case "version":
      // Staff see what it comes to; what the shop books by itself was promised before.
      return wish.byStaff ? allowedChanges({ ...facts, freeUntil: null }).plan : allowed.plan;
    case "pause":
      return allowed.pause;
    case "seats":
      return allowed.seats;
    case "units":
      // What comes with the end of a period is one thing: fewer of it, or the campaign's end.
      return allowed.units && !(facts.campaignEnds && wish.timing === "period_end");
    case "resume":
      return allowed.resume;
    case "retry":
      return allowed.retry;
    case "free":
    case "discount":
      return allowed[wish.kind] && (wish.byStaff || wish.offered === true);
  }
}

const isRunning = (status: SubscriptionStatus): boolean =>
  status !== "canceled" && status !== "incomplete_expired" && status !== "incomplete";

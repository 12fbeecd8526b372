import type { INTERVALS } from "../../drizzle/schema/catalog.ts";
import type { ChangePreview, PreviewLine } from "../../drizzle/schema/subscription-changes.ts";
import type { CancelReason, ChangeTiming } from "./change-status.ts";

type Interval = (typeof INTERVALS)[number];

/** The ways in which another price is in force at once. */
export type AtOnce = Exclude<ChangeTiming, "period_end">;

/** What a change costs by the provider's own computation. */
export type ChangeCost = ChangePreview & {
  /** Something is invoiced at once; else the lines come with the next invoice. */
  readonly invoicedNow: boolean;
  /** Of lines that come with the next invoice: what is charged then in all, and when. */
  readonly next: { readonly amount: number; readonly at: Date } | null;
  /** What is kept for the payer's next bills afterwards: negative is theirs. */
  readonly balanceAfter: number;
};

export type { ChangePreview, PreviewLine };

/** Names a call: sent again under the same key it does nothing twice. */
type Call = { readonly externalId: string; readonly key: string };

/**
 * Of what comes with the end of a period: the end that was told. What is to come with it is rejected with `end_moved`, and nothing is
 * done, once another period has begun at that instant or after it. Null: whichever end is next.
 */
type Told = { readonly toldEndAt: Date | null };

/** `stripePriceId` null: the price stays as it is. Of a plan with a seat price the quantity is its seats, else one. */
type Wanted = { readonly stripePriceId: string | null; readonly quantity: number };

/** When a trial ends that runs: at once, or on another day than was promised. Null: as it was promised. */
export type TrialEnd = "now" | Date | null;

/**
 * How a membership is changed at the provider. Every call throws ProviderError: `rejected` with the provider's code,
 * `unavailable` when surely nothing happened, `unknown_outcome` when it may have.
 */
export type ChangeGateway = {
  /** What changing to this price and quantity at that instant, in that way, would cost. `endsTrial`: with the end of its trial. Only reads. */
  previewChange(
    wish: Wanted & { externalId: string; prorationAt: Date; timing: AtOnce; endsTrial?: boolean },
  ): Promise<ChangeCost>;
  /** It ends with its period. Whatever else was scheduled is dropped. */
  cancelAtEnd(call: Call & Told & { reason: CancelReason | null; comment: string | null }): Promise<void>;
  /** It ends now; what is unpaid, or about to be charged, is not collected any more. Nothing is paid back by it. */
  cancelNow(call: Call & { reason: CancelReason | null; comment: string | null }): Promise<void>;
  /** Whatever is scheduled is taken back: an end, another price, a pause that has not begun. */
  keep(call: Call): Promise<void>;
  /**
   * Another price or quantity from `prorationAt` on. What is charged for it at once (`now`, `new_cycle`) is paid before it is
   * made; of `next_invoice` it is made, and what it costs comes with what renews. Null: from now, nothing is charged for what is left;
   * of `new_cycle` a whole period is charged from now, in place of a renewal that was about to be: of every one since the end that was
   * told, or of the period that runs. `trialEnd` is sent with it in the same call, and rejected with `trial_over` once no trial runs.
   */
  changeNow(
    call: Call & Told & Wanted & { prorationAt: Date | null; timing: AtOnce; trialEnd: TrialEnd },
  ): Promise<void>;
  /** Another price or quantity when the period ends, or at a later end of one (`at`). `changeId` is kept with it. */
  changeAtEnd(
    call: Call &
      Told &
      Wanted & {
        changeId: string;
        at: Date | null;
        interval: Interval;
        intervalCount: number;
      },
  ): Promise<void>;
  /** Nothing is charged after the period that runs. `resumeAt` is only kept with it. */
  pauseAtEnd(call: Call & Told & { resumeAt: Date | null }): Promise<void>;
  /** It has rested since then: the period that runs, and what was about to be charged for it, is not collected. Rejected while it is overdue. */
  pauseSince(call: Call & { since: Date; resumeAt: Date | null }): Promise<void>;
  /** A new period begins now and is charged. */
  resumeNow(call: Call): Promise<void>;
  /**
   * Nothing is charged before that instant, from which its cycle is counted then; what was paid is not given back. Of periods that began
   * since the end that was told nothing is collected any more.
   */
  freeUntil(call: Call & Told & { until: Date }): Promise<void>;
  /**
   * A share of every charge of the coming months is taken off, in place of what was taken off before; null: nothing any more. `changeId`
   * is kept with it. Rejected with `overtaken` in place of `end_moved` where it is this change that is taken off by then.
   */
  discount(call: Call & Told & { changeId: string; off: { bps: number; months: number } | null }): Promise<void>;
  /**
   * Charges everything of it that is unpaid now, oldest first and `stripeInvoiceId` last, until a card says no. What was paid
   * meanwhile is left alone. What the bank says is seen by looking.
   */
  payOpen(call: Call & { stripeInvoiceId: string }): Promise<void>;
};

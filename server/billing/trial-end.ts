import type { TrialRule } from "../../drizzle/schema/change-rules.ts";

const DAY_MS = 86_400_000;
/** What differs by less is the same day, counted by two clocks. */
const SAME_MS = 60_000;

/** A trial that runs while the plan changes. */
export type RunningTrial = {
  readonly startedAt: Date;
  /** The day that was promised. */
  readonly endsAt: Date;
  /** It was begun anew before, or whoever has it had another: a trial is had once. */
  readonly restarted: boolean;
  /** Somebody gave it the day on which it ends. */
  readonly given: boolean;
};

/** What becomes of a trial: it goes on to the day that was promised, ends on another one, or is over at `at`, with the change. */
export type TrialEnd = { readonly rule: TrialRule; readonly ends: "kept" | "moved" | "now"; readonly at: Date };

/**
 * When a trial ends once it is one of another plan, with `days` of its own (0: it has none), by the shop's rule. By every rule but `keep` a
 * plan without a trial ends it at once, and so does a day that has passed. A day that was given by hand is kept, and so is the
 * promised one where a trial would begin anew a second time.
 */
export function trialEnd(rule: TrialRule, trial: RunningTrial, days: number, now: Date): TrialEnd {
  const kept = { rule, ends: "kept", at: trial.endsAt } as const;
  if (rule === "keep" || trial.given) return kept;
  if (days === 0) return { rule, ends: "now", at: now };
  if (rule === "restart" && trial.restarted) return kept;
  const from = rule === "restart" ? now : trial.startedAt;
  const at = new Date(from.getTime() + days * DAY_MS);
  if (at <= now) return { rule, ends: "now", at: now };
  return Math.abs(at.getTime() - trial.endsAt.getTime()) < SAME_MS ? kept : { rule, ends: "moved", at };
}

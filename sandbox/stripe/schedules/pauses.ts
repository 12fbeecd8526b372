import { randomText } from "../../ids.ts";
import { invalid, StripeFault } from "../api/errors.ts";
import { hash, integer, list, oneOf, required, text } from "../api/params.ts";
import { prorationBehaviors } from "../subscriptions/params.ts";
import { pauseAndSettle, resumeSubscription } from "../subscriptions/pause.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { periodStart } from "../subscriptions/shape.ts";
import { change, type Unit } from "../unit.ts";
import type { Schedule, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";

export type Pause = Schedule["pause_schedules"][number];
type Step = Pause["pause"]["status"];

const unused = ["item_current_period_start", "none", "pause_at"] as const;

/** Times at which a schedule's subscription pauses and goes on. */
export const pauseParams = list(
  hash({
    key: text(),
    pause: required(
      hash({
        pause_at: required(hash({ timestamp: integer(0), type: required(oneOf(["now", "timestamp"])) })),
        settings: hash({
          bill_for: hash({
            outstanding_usage_through: hash({ type: oneOf(["none", "pause_at"]) }),
            unused_time_from: hash({ type: oneOf(unused) }),
          }),
          invoicing_behavior: oneOf(["invoice", "pending_invoice_item"]),
          type: oneOf(["subscription"]),
        }),
      }),
    ),
    resume: hash({
      resume_at: required(
        hash({
          duration: hash({
            interval: required(oneOf(["day", "month", "week", "year"])),
            interval_count: integer(1, 365),
          }),
          timestamp: integer(0),
          type: required(oneOf(["duration", "now", "timestamp"])),
        }),
      ),
      settings: hash({
        billing_cycle_anchor: oneOf(["resume_at", "unchanged"]),
        payment_behavior: oneOf(["resume_on_payment_attempt", "resume_on_payment_success"]),
        proration_behavior: oneOf(prorationBehaviors),
      }),
    }),
  }),
);
type Sent = NonNullable<ReturnType<typeof pauseParams.read>>;

/** The pauses that were asked for; those that are known by their key and have begun stay as they went. */
export function readPauses(unit: Unit, sent: Sent, known: readonly Pause[] = []): Pause[] {
  return sent.map((one, index) => {
    const begun = known.find((pause) => pause.key === one.key && pause.pause.status.type !== "scheduled");
    const { pause_at, settings } = one.pause;
    const at = pause_at.type === "now" ? unit.now : pause_at.timestamp;
    const where = `pause_schedules[${index}]`;
    if (at === undefined)
      throw invalid(
        `Missing required param: ${where}[pause][pause_at][timestamp].`,
        `${where}[pause][pause_at][timestamp]`,
        "parameter_missing",
      );
    const resume = one.resume && resumeOf(unit, one.resume, at, where);
    if (begun) return { ...begun, resume: resume ?? null };
    return {
      key: one.key ?? randomText(16),
      pause: {
        pause_at: at,
        settings: {
          bill_for: {
            outstanding_usage_through: { type: settings?.bill_for?.outstanding_usage_through?.type ?? "none" },
            unused_time_from: { type: settings?.bill_for?.unused_time_from?.type ?? "none" },
          },
          invoicing_behavior: settings?.invoicing_behavior ?? "pending_invoice_item",
          type: "subscription",
        },
        status: { type: "scheduled" },
      },
      resume: resume ?? null,
    };
  });
}

function resumeOf(unit: Unit, sent: NonNullable<Sent[number]["resume"]>, pausedAt: number, where: string) {
  const { duration, timestamp, type } = sent.resume_at;
  const span = duration && { interval: duration.interval, interval_count: duration.interval_count ?? 1 };
  const at =
    type === "now" ? unit.now : type === "duration" ? span && nextPeriodEnd(pausedAt, pausedAt, span) : timestamp;
  if (at === undefined || at <= pausedAt)
    throw invalid("A subscription can only be resumed after it was paused.", `${where}[resume][resume_at]`);
  return {
    resume_at: at,
    settings: {
      billing_cycle_anchor: sent.settings?.billing_cycle_anchor ?? "resume_at",
      payment_behavior: sent.settings?.payment_behavior ?? "resume_on_payment_attempt",
      proration_behavior: sent.settings?.proration_behavior ?? "create_prorations",
    },
    status: { type: "scheduled" },
  } satisfies NonNullable<Pause["resume"]>;
}

const comes = (pause: Pause): number[] => [
  ...(pause.pause.status.type === "scheduled" ? [pause.pause.pause_at] : []),
  ...(pause.resume?.status.type === "scheduled" ? [pause.resume.resume_at] : []),
];

/** Does what is due of a schedule's pauses, and keeps in mind when the next one comes. */
export function schedulePauses(unit: Unit, id: string): void {
  const { world } = unit;
  const schedule = world.schedules.get(id);
  if (!schedule || (schedule.status !== "active" && schedule.status !== "not_started")) return;
  const subscription = idOf(schedule.subscription) ?? "";
  const gone = schedule.pause_schedules.map((one) => lived(unit, subscription, one));
  const now = world.schedules.get(id) ?? schedule;
  const after = change(unit, world.schedules, now, { pause_schedules: gone }, "subscription_schedule.updated");
  const next = after.pause_schedules.flatMap(comes).sort((a, b) => a - b)[0];
  if (next === undefined) world.due.drop("schedule.pause", id);
  else world.due.put({ kind: "schedule.pause", id, at: next });
}

function lived(unit: Unit, subscription: string, pause: Pause): Pause {
  const begun = step(unit, subscription, pause.pause, pause.pause.pause_at, (current) => {
    const from = pause.pause.settings?.bill_for.unused_time_from.type ?? "none";
    pauseAndSettle(unit, current, {
      creditFrom: from === "none" ? undefined : from === "pause_at" ? unit.now : periodStart(current),
      invoicesNow: pause.pause.settings?.invoicing_behavior === "invoice",
    });
  });
  const { resume } = pause;
  if (!resume) return { ...pause, pause: begun };
  const ended = step(unit, subscription, resume, resume.resume_at, (current) => {
    if (current.status !== "paused") throw invalid("The subscription is not paused.");
    resumeSubscription(unit, current, {
      keepsPeriod: resume.settings.billing_cycle_anchor === "unchanged",
      onlyPaid: resume.settings.payment_behavior === "resume_on_payment_success",
      behavior: prorationBehaviors.find((one) => one === resume.settings.proration_behavior),
    });
  });
  return { ...pause, pause: begun, resume: ended };
}

/** One end of a pause, when its time has come: done, or why it could not be. */
function step<Of extends { status: Step }>(
  unit: Unit,
  subscription: string,
  of: Of,
  at: number,
  act: (current: Subscription) => void,
): Of {
  const current = unit.world.subscriptions.get(subscription);
  if (of.status.type !== "scheduled" || at > unit.now || !current) return of;
  try {
    act(current);
    return { ...of, status: { type: "succeeded" } };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return { ...of, status: { error: { message: error.message }, type: "error" } };
  }
}

import { useLocale } from "../i18n/language.tsx";
import { fillMessage, type MessageKey, type Translate } from "../i18n/translate.ts";

/** What is said of a person's membership, and of an organization's plan in its place. */
export const SAID_OF_A_PLAN = {
  "membership.title.cancel": "plans.life.title.cancel",
  "membership.title.plan": "plans.life.title.plan",
  "membership.title.pause": "plans.life.title.pause",
  "membership.toCancel": "plans.life.title.cancel",
  "membership.toPlan": "plans.life.title.plan",
  "membership.back": "plans.life.back",
  "membership.scheduled.cancel": "plans.life.scheduled.cancel",
  "membership.scheduled.cancelText": "plans.life.scheduled.cancelText",
  "membership.scheduled.plan": "plans.life.scheduled.plan",
  "membership.scheduled.planText": "plans.life.scheduled.planText",
  "membership.scheduled.pause": "plans.life.scheduled.pause",
  "membership.scheduled.pauseText": "plans.life.scheduled.pauseText",
  "membership.scheduled.pauseUntil": "plans.life.scheduled.pauseUntil",
  "membership.paused": "plans.life.paused",
  "membership.pausedText": "plans.life.pausedText",
  "membership.waitsText": "plans.life.waitsText",
  "membership.done.cancel": "plans.life.done.cancel",
  "membership.done.keep": "plans.life.done.keep",
  "membership.done.plan": "plans.life.done.plan",
  "membership.done.resume": "plans.life.done.resume",
  "membership.tooLate": "plans.life.tooLate",
  "membership.tooLateText": "plans.life.tooLateText",
  "membership.tooLateAction": "plans.life.tooLateAction",
  "membership.cancel.end": "plans.life.cancel.end",
  "membership.cancel.trial": "plans.life.cancel.trial",
  "membership.cancel.now": "plans.life.cancel.now",
  "membership.cancel.nowPaused": "plans.life.cancel.nowPaused",
  "membership.cancel.stays": "plans.life.cancel.stays",
  "membership.cancel.staysNow": "plans.life.cancel.staysNow",
  "membership.cancel.notNow": "plans.life.cancel.notNow",
  "membership.cancel.offer": "plans.life.cancel.offer",
  "membership.cancel.offerText": "plans.life.cancel.offerText",
  "membership.reason.unused": "plans.life.reason.unused",
  "membership.reason.switched_service": "plans.life.reason.switched_service",
  "membership.reason.low_quality": "plans.life.reason.low_quality",
  "membership.pause.from": "plans.life.pause.from",
  "membership.pause.open": "plans.life.pause.open",
  "membership.pause.notNow": "plans.life.pause.notNow",
  "membership.plan.have": "plans.life.plan.have",
  "membership.plan.yours": "plans.life.plan.yours",
  "membership.plan.notNow": "plans.life.plan.notNow",
  "membership.quote.free": "plans.life.title.plan",
  "membership.ways": "plans.life.ways",
  "membership.quote.until": "plans.life.quote.until",
  "membership.quote.stay": "plans.life.quote.stay",
  "membership.overdue.keeps": "plans.life.overdue.keeps",
  "offers.member.title": "offers.plan.title",
  "offers.member.discount": "offers.plan.discount",
  "offers.member.free": "offers.plan.free",
  "offers.member.pause": "offers.plan.pause",
  "offers.member.pauseOpen": "offers.plan.pauseOpen",
  "offers.member.plan": "offers.plan.plan",
  "offers.member.no": "offers.plan.no",
  "checkout.return.toMembership": "plans.life.toPlan",
  "checkout.return.done.membership": "plans.life.bought",
  "checkout.return.working.membership": "plans.life.working",
  "checkout.return.step.membership": "plans.mine.plan",
  "checkout.return.processing.membership": "plans.life.processing",
} as const satisfies Partial<Record<MessageKey, MessageKey>>;

/** The same of a plan that gives everything while it rests. */
const HOLDS_ON_PAUSE: Partial<Record<MessageKey, MessageKey>> = {
  "membership.pause.from": "plans.life.holds.from",
  "membership.scheduled.pauseText": "plans.life.holds.text",
  "membership.scheduled.pauseUntil": "plans.life.holds.until",
  "membership.pausedText": "plans.life.holds.pausedText",
  "offers.member.pause": "plans.life.holds.offer",
  "offers.member.pauseOpen": "plans.life.holds.offerOpen",
};

const instead: Partial<Record<MessageKey, MessageKey>> = SAID_OF_A_PLAN;

/** The page's words about what somebody pays for: of a person's membership, or of the plan of this organization. */
export function useLifeWords(organizationId: string | null, holdsOnPause = false): Translate {
  const locale = useLocale();
  const ofPlan = (key: MessageKey) => (holdsOnPause ? HOLDS_ON_PAUSE[key] : undefined) ?? instead[key] ?? key;
  return (key, ...args) => fillMessage(locale, organizationId === null ? key : ofPlan(key), args[0]);
}

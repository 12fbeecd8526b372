import type { drifts as source } from "../sv/drifts.ts";
import type { Message } from "../translate.ts";

export const drifts = {
  "drifts.title": "Differences",
  "drifts.lead":
    "Every five minutes the shop asks Stripe what it was not told, and sees that organizations have the plan they pay for. What differs is listed here, with what put it right.",
  "drifts.part.events": "Events",
  "drifts.part.payments": "Payments",
  "drifts.part.payouts": "Payouts",
  "drifts.part.objects": "Open objects",
  "drifts.compared": "Compared {time}",
  "drifts.never": "Not compared yet",
  "drifts.foundCount": "{found} of {seen} were new or differed",
  "drifts.failed": "Stripe did not answer: {error}",
  "drifts.kind": "Kind",
  "drifts.kind.subscription": "Membership",
  "drifts.kind.invoice": "Invoice",
  "drifts.kind.payment": "Payment",
  "drifts.kind.checkout": "Payment page",
  "drifts.kind.payout": "Payout",
  "drifts.kind.organization": "Organization's plan",
  "drifts.field": "Field",
  "drifts.ours": "Ours",
  "drifts.theirs": "Should be",
  "drifts.found": "Found",
  "drifts.healed": "Put right by",
  "drifts.state.open": "Not put right",
  "drifts.state.healed": "Put right",
  "drifts.query": "The object's id",
  "drifts.none": "No differences. Everything is as it should be.",
  "drifts.noneMatch": "No differences match.",
  "drifts.nothing": "does not exist",
} as const satisfies Record<keyof typeof source, Message>;

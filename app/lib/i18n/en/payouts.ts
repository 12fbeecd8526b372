import type { payouts as source } from "../sv/payouts.ts";
import type { Message } from "../translate.ts";

export const payouts = {
  "payouts.list": "Payouts",
  "payouts.none": "Nothing has been paid out to the bank.",
  "payouts.query": "The payout's id",
  "payouts.id": "Payout",
  "payouts.sent": "Sent",
  "payouts.arrival": "Arrives, or why not",
  "payouts.sum": "Sum",
  "payouts.underWay": "On its way to the bank, {currency}",
  "payouts.next": "next arrives {date}",
  "payouts.nothingUnderWay": "nothing is on its way",
  "payouts.arrived": "{sum} arrived in the last 30 days",
} as const satisfies Record<keyof typeof source, Message>;

import type { report as source } from "../sv/report.ts";
import type { Message } from "../translate.ts";

/** The report: what happened with memberships, month by month. */
export const report = {
  "report.title": "Report",
  "report.about": "Memberships and plans month by month, in whole months. Without dates: the past year.",
  "report.none": "Nothing happened in these months.",
  "report.month": "Month",
  "report.members": "Members",
  "report.started": "New",
  "report.ended": "Ended",
  "report.lost": "Of them unpaid",
  "report.churn": "Churn",
  "report.charges": "Charges",
  "report.charged": "Charged",
  "report.refusals": "Refused attempts",
  "report.recovered": "Recovered",
  "report.refunded": "Refunded",
  "report.moreSeats": "Seats bought",
  "report.fewerSeats": "Seats given up",
  "report.mails": "Mails",
  "report.ofFewerSeats": { one: "{count} seat given up", other: "{count} seats given up" },
  "report.ofCharges": { one: "{count} charge", other: "{count} charges" },
  "report.ofRefusals": { one: "{count} refused attempt", other: "{count} refused attempts" },
  "report.ofRecoveries": { one: "{count} recovered charge", other: "{count} recovered charges" },
} as const satisfies Record<keyof typeof source, Message>;

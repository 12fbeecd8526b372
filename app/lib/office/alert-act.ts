import type { MessageKey } from "../i18n/translate.ts";

export type AlertAct = { readonly href: string; readonly label: Extract<MessageKey, `office.alerts.act.${string}`> };

/** The one thing to do about an alert: where, in a word. */
export function alertAct({ kind, subject }: { kind: string; subject: string }): AlertAct {
  const [domain] = kind.split(".");
  if (subject.startsWith("stripe:"))
    return { href: `/admin/webhooks/${encodeURIComponent(subject)}`, label: "office.alerts.act.replay" };
  if (domain === "webhooks") return { href: "/admin/webhooks?status=dead", label: "office.alerts.act.inbox" };
  if (domain === "reconciliation")
    return { href: `/admin/webhooks/drift?q=${encodeURIComponent(subject)}`, label: "office.alerts.act.drift" };
  // The customer's id stands first.
  if (domain === "credits")
    return {
      href: `/admin/credits/${encodeURIComponent(subject.split(" ")[0] ?? "")}`,
      label: "office.alerts.act.look",
    };
  if (domain === "jobs") return { href: "/admin/jobs?state=dead", label: "office.alerts.act.jobs" };
  if (kind === "payments.payout_failed")
    return { href: `/admin/payouts?q=${encodeURIComponent(subject)}`, label: "office.alerts.act.look" };
  if (domain === "database") return { href: "/admin/jobs?state=running", label: "office.alerts.act.processes" };
  // What of it the alert is about stands after the thing itself.
  const [thing = subject] = domain === "billing" || domain === "payments" ? subject.split(" ") : [subject];
  return { href: `/admin/search?q=${encodeURIComponent(thing)}`, label: "office.alerts.act.look" };
}

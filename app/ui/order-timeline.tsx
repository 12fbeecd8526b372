import { CreditCard, type LucideIcon, Mail, Package, Receipt, ShoppingCart, Wallet } from "lucide-react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage } from "~/lib/i18n/translate.ts";
import { STATUS_NOUNS, type StatusNoun, statesOf, statusView } from "~/lib/statuses.ts";
import type { OfficeOrder } from "./order-payments.tsx";
import { Timeline } from "./timeline.tsx";

type Entry = OfficeOrder["timeline"][number];

const ICONS: Record<Entry["what"], LucideIcon> = {
  checkout: ShoppingCart,
  order: Receipt,
  payment: Wallet,
  attempt: CreditCard,
  fulfilment: Package,
  mail: Mail,
};

/** What happened to an order, oldest first: its money, its goods, its mails, and who or what made it so. */
export function OrderTimeline({ entries }: { entries: readonly Entry[] }) {
  const t = useT();
  const locale = useLocale();
  const stateWord = (entry: Entry) => {
    if (entry.what === "attempt" && isOutcome(entry.event)) return t(`office.orders.attempt.${entry.event}`);
    const noun = STATUS_NOUNS.find((one) => one === entry.what);
    const word = noun && entry.state ? wordOf(noun, entry.state) : null;
    return word ? fillMessage(locale, word, { date: "", time: "" }).trim() : entry.event;
  };
  return (
    <Timeline
      items={entries.map((entry, index) => ({
        id: `${index}:${entry.subjectId}:${entry.event}`,
        at: entry.at,
        icon: ICONS[entry.what],
        title: `${t(`office.orders.what.${entry.what}`)}: ${stateWord(entry)}`,
        body: [entry.what === "mail" ? entry.event : null, entry.actor, entry.cause].filter(Boolean).join(" · "),
      }))}
    />
  );
}

function wordOf(noun: StatusNoun, state: string) {
  const known = statesOf(noun).find((one) => one === state);
  return known ? statusView(noun, known).message : null;
}

function isOutcome(event: string): event is "approved" | "declined" | "pending" {
  return event === "approved" || event === "declined" || event === "pending";
}

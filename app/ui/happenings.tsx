import {
  Armchair,
  BookOpen,
  Coins,
  CornerUpLeft,
  CreditCard,
  FileText,
  KeyRound,
  Layers,
  type LucideIcon,
  Mail,
  Package,
  Receipt,
  Repeat,
  Send,
  ShoppingCart,
  StickyNote,
  User,
  Users,
  Wallet,
  Webhook,
  Zap,
} from "lucide-react";
import { creditReason, creditWords, signedCredits } from "~/lib/credit-words.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage, type Translate } from "~/lib/i18n/translate.ts";
import { isLetter, letterWord } from "~/lib/letter-word.ts";
import { shortenMiddle } from "~/lib/shorten.ts";
import { STATUS_NOUNS, type StatusNoun, statesOf, statusView } from "~/lib/statuses.ts";
import { Timeline } from "./timeline.tsx";

const ICONS = {
  checkout: ShoppingCart,
  order: Receipt,
  payment: Wallet,
  attempt: CreditCard,
  fulfilment: Package,
  subscription: Zap,
  invoice: FileText,
  mail: Mail,
  webhook: Webhook,
  ledger: BookOpen,
  credits: Coins,
  top_up: Coins,
  note: StickyNote,
  staff: User,
  refund: CornerUpLeft,
  withdrawal: CornerUpLeft,
  seat: Armchair,
  member: Users,
  invitation: Send,
  entitlement: KeyRound,
  plan: Layers,
  change: Repeat,
} as const satisfies Record<string, LucideIcon>;

/** Something that happened, as the server tells it: ids and short English, the rest is put in words here. */
export type Happening = {
  readonly at: Date;
  readonly what: keyof typeof ICONS;
  readonly subjectId: string;
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  readonly cause: string | null;
};

const CHANGE_KINDS = ["cancel", "keep", "plan", "pause", "resume", "retry", "version", "free", "discount"] as const;
const CHANGE_STATES = [
  ...(["requested", "sent", "unknown", "scheduled", "awaiting_payment"] as const),
  ...(["applied", "failed", "undone", "superseded"] as const),
];

/** Their event says more than their state does. */
const TOLD_BY_NAME = new Set<Happening["what"]>(["mail", "webhook", "staff"]);

/** Their words say why already. */
const MONEY_WENT = new Set(["refund", "dispute"]);
const TOP_UP_STATES = ["created", "unknown", "completed", "failed"] as const;

/** Whose words a state is told in. */
const NOUNS: Partial<Record<Happening["what"], StatusNoun>> = { subscription: "membership" };

/** What happened, in the order given: money, goods, mails, and who or what made it so. */
export function Happenings({ entries }: { entries: readonly Happening[] }) {
  const t = useT();
  const locale = useLocale();
  const stateWord = (entry: Happening) => {
    if (entry.what === "credits") return signedCredits(Number(entry.state), locale);
    if (entry.what === "top_up") {
      const state = TOP_UP_STATES.find((one) => one === entry.state);
      return state ? t(`crediting.topUp.${state}`) : entry.event;
    }
    const ofOrganization = organizationWord(entry, t);
    if (ofOrganization) return ofOrganization;
    if (entry.what === "attempt" && isOutcome(entry.event)) return t(`office.orders.attempt.${entry.event}`);
    const noun = NOUNS[entry.what] ?? STATUS_NOUNS.find((one) => one === entry.what);
    const word = noun && entry.state ? wordOf(noun, entry.state) : null;
    return word ? fillMessage(locale, word, { date: "", time: "" }).trim() : entry.event;
  };
  const bodyOf = (entry: Happening) => {
    if (entry.what === "credits")
      return [
        creditWords({ kind: entry.event, reason: entry.cause ?? "", reference: null }, t),
        entry.event !== "grant" && !MONEY_WENT.has(entry.cause ?? "") && creditReason(entry.cause ?? "", t),
        entry.actor,
      ];
    if (entry.what === "mail") return [letterWord(entry.event, locale)];
    const name = TOLD_BY_NAME.has(entry.what) ? entry.event : null;
    return [name, entry.actor, entry.cause && shortenIds(entry.cause)];
  };
  return (
    <Timeline
      items={entries.map((entry, index) => ({
        id: `${index}:${entry.subjectId}:${entry.event}`,
        at: entry.at,
        icon: ICONS[entry.what],
        href: hrefOf(entry),
        title: `${t(`office.orders.what.${entry.what}`)}: ${stateWord(entry)}`,
        body: bodyOf(entry).filter(Boolean).join(" · "),
      }))}
    />
  );
}

const STEPS = ["created", "claimed", "revoked", "joined", "left", "sent", "accepted", "withdrawn"] as const;

/** What happened in an organization, in words; null for everything else. */
function organizationWord({ what, event, state }: Happening, t: Translate): string | null {
  const kind = CHANGE_KINDS.find((one) => one === event);
  const reached = CHANGE_STATES.find((one) => one === state);
  const step = STEPS.find((one) => one === event);
  switch (what) {
    case "plan":
      return [state, event].filter(Boolean).join(" → ");
    case "entitlement":
      return state === "ended" ? t("office.happened.ended", { what: event }) : `${event} = ${state}`;
    case "change":
      return kind && reached
        ? `${t(`memberships.kind.${kind}`)}, ${t(`memberships.state.${reached}`).toLowerCase()}`
        : event;
    case "seat":
    case "member":
    case "invitation":
      return step ? t(`office.happened.${step}`) : event;
    default:
      return null;
  }
}

/** Where it can be read whole, and done again. */
function hrefOf({ what, event, subjectId }: Happening): string | undefined {
  if (what === "mail" && isLetter(event)) return `/admin/mail/${encodeURIComponent(subjectId)}`;
  return what === "webhook" ? `/admin/webhooks/${encodeURIComponent(subjectId)}` : undefined;
}

/** Provider ids of sixty characters say no more than their ends do. */
function shortenIds(text: string): string {
  return text.replace(/\b[a-z]+_[A-Za-z0-9_]{24,}/g, (id) => shortenMiddle(id));
}

function wordOf(noun: StatusNoun, state: string) {
  const known = statesOf(noun).find((one) => one === state);
  return known ? statusView(noun, known).message : null;
}

function isOutcome(event: string): event is "approved" | "declined" | "pending" {
  return event === "approved" || event === "declined" || event === "pending";
}

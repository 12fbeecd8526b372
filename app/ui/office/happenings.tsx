import { useLocation } from "@remix-run/react";
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
import { creditReason, creditWords, signedCredits } from "~/lib/credits/credit-words.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import { actorWord, actWord } from "~/lib/office/act-words.ts";
import { auditHref } from "~/lib/office/audit-href.ts";
import { isLetter, letterWord } from "~/lib/office/letter-word.ts";
import { causeWords, effectWords, postedWord } from "~/lib/office/told-words.ts";
import { STATUS_NOUNS, type StatusNoun, stateWord } from "~/lib/statuses.ts";
import { Timeline } from "../timeline.tsx";

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
  withdrawal_statement: CornerUpLeft,
  seat: Armchair,
  member: Users,
  invitation: Send,
  entitlement: KeyRound,
  plan: Layers,
  change: Repeat,
} as const satisfies Record<string, LucideIcon>;

/** Something that happened, as the server tells it: ids and short English, the rest is put in words here. */
export type Happening = {
  /** The same on every page of a timeline that has pages. */
  readonly id?: string;
  readonly at: Date;
  readonly what: keyof typeof ICONS;
  readonly subjectId: string;
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  /** The actor by name. */
  readonly who: string | null;
  readonly cause: string | null;
};

const CHANGE_KINDS = [
  ...(["cancel", "keep", "plan", "seats", "units", "pause"] as const),
  ...(["resume", "retry", "version", "free", "discount"] as const),
];
const CHANGE_STATES = [
  ...(["requested", "sent", "unknown", "scheduled", "awaiting_payment"] as const),
  ...(["applied", "failed", "undone", "superseded"] as const),
];

/** Their event says more than their state does. */
const TOLD_BY_NAME = new Set<Happening["what"]>(["mail", "webhook"]);

/** Their words say why already. */
const MONEY_WENT = new Set(["refund", "dispute"]);
const TOP_UP_STATES = ["created", "unknown", "completed", "failed"] as const;

/** Whose words a state is told in. */
const NOUNS: Partial<Record<Happening["what"], StatusNoun>> = { subscription: "membership" };

/** What happened, in the order given: money, goods, mails, and who or what made it so. */
export function Happenings({ entries }: { entries: readonly Happening[] }) {
  const t = useT();
  const locale = useLocale();
  const { pathname } = useLocation();
  const wordOf = (entry: Happening) => {
    if (entry.what === "credits") return signedCredits(Number(entry.state), locale);
    if (entry.what === "top_up") {
      const state = TOP_UP_STATES.find((one) => one === entry.state);
      return state ? t(`crediting.topUp.${state}`) : entry.event;
    }
    const ofOrganization = organizationWord(entry, t);
    if (ofOrganization) return ofOrganization;
    if (entry.what === "attempt" && isOutcome(entry.event)) return t(`office.orders.attempt.${entry.event}`);
    if (entry.what === "staff") return actWord(entry.event, locale);
    if (entry.what === "ledger") return postedWord(entry.event, locale);
    const noun = NOUNS[entry.what] ?? STATUS_NOUNS.find((one) => one === entry.what);
    return noun && entry.state ? stateWord(noun, entry.state, locale) : entry.event;
  };
  const bodyOf = (entry: Happening) => {
    if (entry.what === "credits")
      return [
        creditWords({ kind: entry.event, reason: entry.cause ?? "", reference: null }, t),
        entry.event !== "grant" && !MONEY_WENT.has(entry.cause ?? "") && creditReason(entry.cause ?? "", t),
        actorWord(entry.actor, entry.who, t),
      ];
    if (entry.what === "mail") return [letterWord(entry.event, locale)];
    // Of a notification on its own page the event is the state that the title says in words.
    const name = TOLD_BY_NAME.has(entry.what) && entry.event !== entry.state ? entry.event : null;
    const why = entry.what === "webhook" ? effectWords : causeWords;
    return [name, actorWord(entry.actor, entry.who, t), entry.cause && why(entry.cause, locale)];
  };
  return (
    <Timeline
      items={entries.map((entry, index) => ({
        id: entry.id ?? `${index}:${entry.subjectId}:${entry.event}`,
        at: entry.at,
        icon: ICONS[entry.what],
        ...linkTo(hrefOf(entry), pathname),
        title: titleOf(entry, wordOf(entry), t),
        body: bodyOf(entry).filter(Boolean).join(" · "),
      }))}
    />
  );
}

/** What it happened to, and what; of an act whose doer is none of ours the act alone: members claim, found and buy, too. */
function titleOf({ what, actor }: Happening, word: string, t: Translate): string {
  return what === "staff" && !actor?.startsWith("staff:") ? word : `${t(`office.orders.what.${what}`)}: ${word}`;
}

const STEPS = [
  "created",
  "claimed",
  "revoked",
  "joined",
  "left",
  "sent",
  "accepted",
  "withdrawn",
  "asked",
  "refused",
] as const;

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

/** No link to the page that one looks at. */
function linkTo(href: string | undefined, pathname: string) {
  return href === undefined || href === pathname ? {} : { href };
}

const PAGES: Partial<Record<Happening["what"], string>> = {
  webhook: "webhooks",
  order: "orders",
  ledger: "ledger/postings",
  subscription: "memberships",
  plan: "memberships",
  withdrawal_statement: "withdrawals/statements",
};

/** Where it can be read whole, and done again. */
function hrefOf({ what, event, subjectId }: Happening): string | undefined {
  if (what === "mail") return isLetter(event) ? `/admin/mail/${encodeURIComponent(subjectId)}` : undefined;
  if (what === "staff") return auditHref({ action: event, subject: subjectId, parent: null }) ?? undefined;
  // What a plan follows from, where that was a membership.
  if (what === "plan" && !subjectId.startsWith("sub_")) return undefined;
  const page = PAGES[what];
  return page && /^[\w:]+$/.test(subjectId) ? `/admin/${page}/${encodeURIComponent(subjectId)}` : undefined;
}

function isOutcome(event: string): event is "approved" | "declined" | "pending" {
  return event === "approved" || event === "declined" || event === "pending";
}

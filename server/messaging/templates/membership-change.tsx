import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatEvery, formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { Locale } from "../../../app/lib/locale.ts";
import type { MembershipChange } from "../membership-mails.ts";
import { CHANGE_WORDS } from "./change-words.ts";
import { Action, Paragraph, Title } from "./pieces.tsx";
import type { Facts } from "./plan-moved.ts";
import type { Template } from "./template.ts";

/** What says when it is charged next, and how much. */
const RENEWING: ReadonlySet<MembershipChange["what"]> = new Set([
  ...([
    "kept",
    "plan_changed",
    "plan_scheduled",
    "resumed",
    "free",
    "discount",
    "discount_past",
    "discount_ended",
  ] as const),
  ...(["price_changed", "terms_changed", "seats_changed", "seats_scheduled"] as const),
  ...(["units_changed", "units_scheduled"] as const),
]);

type LateWords = { readonly since: (day: string) => string } & Record<"paid_back" | "in_hand", string>;
const LATE: Readonly<Record<Locale, LateWords>> = {
  sv: {
    since: (day) => `Det skulle ha gällt från den ${day}, men vi var sena.`,
    paid_back: " Det som har dragits för mycket sedan dess betalas tillbaka.",
    in_hand: " Vi ser till att det som har betalats för mycket sedan dess blir rätt.",
  },
  en: {
    since: (day) => `It should have applied from ${day}, and we were late.`,
    paid_back: " What was charged too much since then is paid back.",
    in_hand: " We are putting right what was paid too much since then.",
  },
};

/** A wish of a member, or of staff for them, was taken in or carried out: what, from when, what it means for money. */
export const membershipChange: Template<"membership-change"> = (locale, change) => {
  const say = t(locale);
  const words = CHANGE_WORDS[locale][change.what];
  const facts = factsOf(locale, change);
  const subject = words.subject(facts);
  const text = words.text(facts);
  const { what, nextPaymentAt } = change;
  const renews = RENEWING.has(what);
  const late = lateText(locale, change);
  return {
    subject,
    preview: text,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{text}</Paragraph>
        {late ? <Paragraph>{late}</Paragraph> : null}
        {renews && nextPaymentAt ? (
          <Paragraph>
            {say("prices.renews", { every: formatEvery(change.interval, locale) })}{" "}
            {say("prices.nextPayment", { sum: facts.next, date: formatDate(nextPaymentAt, locale, "prose") })}
          </Paragraph>
        ) : null}
        <Action href={change.payUrl ?? change.accountUrl}>
          {words.action ?? say(change.ofPlan ? "plans.life.toPlan" : "checkout.return.toMembership")}
        </Action>
      </>
    ),
  };
};

function lateText(locale: Locale, { lateSince, lateMoney }: MembershipChange): string | null {
  if (!lateSince) return null;
  const words = LATE[locale];
  return words.since(formatDate(lateSince, locale, "prose")) + (lateMoney ? words[lateMoney] : "");
}

function factsOf(locale: Locale, change: MembershipChange): Facts {
  const day = (at: Date | null) => (at ? formatDate(at, locale, "prose") : null);
  return {
    product: change.productName,
    to: change.newProductName ?? change.productName,
    at: day(change.at) ?? "",
    until: day(change.until),
    sum: formatMoney(change.price, locale, "ledger"),
    next: formatMoney(change.nextPayment ?? change.price, locale, "ledger"),
    full: formatMoney(change.fullPrice ?? change.price, locale, "ledger"),
    before: formatMoney(change.priceBefore ?? change.price, locale, "ledger"),
    refund: change.refund && formatMoney(change.refund, locale, "ledger"),
    charged: change.charged ? formatMoney(change.charged, locale, "ledger") : null,
    credited: change.credited ? formatMoney(change.credited, locale, "ledger") : null,
    carried: change.carried ? formatMoney(change.carried, locale, "ledger") : null,
    plan: change.ofPlan,
    seats: String(change.seats ?? 0),
  };
}

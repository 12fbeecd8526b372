import { formatMoney } from "../format/money.ts";
import { fillMessage, type MessageKey } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { isAct } from "./act-words.ts";
import { movedWords, pricedWords } from "./goods-words.ts";
import { isKey, keyOr, type Saying, say, shortenIds } from "./sayings.ts";

type Told = Extract<MessageKey, `told.${string}`>;

const CAUSES: readonly Saying[] = [
  [/^payment page \S+$/, "told.cause.page"],
  [/^payment (?<id>\S+_\S+)$/, "told.cause.payment"],
  [/^invoice (?<id>\S+)$/, "told.cause.invoice"],
  [/^membership (?<id>\S+)$/, "told.cause.membership"],
  [/^order (?<id>\S+)$/, "told.cause.order"],
  [/^order \S+ was paid$/, "told.cause.orderPaid"],
  [/^withdrawal \S+$/, "told.cause.withdrawal"],
  [/^withdrawal$/, "told.cause.withdrawal"],
  [/^the membership was ended$/, "told.cause.membershipEnded"],
  [/^asked for before the period began$/, "told.cause.askedBefore"],
  [/^the tax that its bill names$/, "told.cause.billTax"],
  [/^duplicate$/, "told.cause.duplicate"],
  [/^fraudulent$/, "told.cause.fraudulent"],
  [/^nothing to send$/, "told.cause.nothingToSend"],
  [/^its goods have left$/, "told.cause.goodsLeft"],
  [/^the payment page is over$/, "told.cause.pageOver"],
  [/^the payment page should have ended$/, "told.cause.pageLate"],
  [/^the payment page expired$/, "told.cause.pageExpired"],
  [/^outdated$/, "told.cause.outdated"],
  [/^payment failed$/, "told.cause.paymentFailed"],
  [/^made at the provider$/, "told.cause.atProvider"],
  [/^its sending never came back$/, "told.cause.neverCameBack"],
  [/^announced, version (?<version>\d+)$/, "told.cause.announcedVersion"],
  [/^announced$/, "told.cause.announced"],
  [/^deleted before it was announced$/, "told.cause.deletedFirst"],
  [/^drafted by staff$/, "told.cause.drafted"],
  [/^pays and does not use$/, "told.cause.paysOnly"],
  [/^a trial is had once, and this member (or card )?had one before$/, "told.cause.trialAgain"],
  [/^the change of the address was undone$/, "told.cause.addressUndone"],
  [/^too_late$/, "told.cause.tooLate"],
  [/^nothing is owed any more$/, "told.cause.nothingOwed"],
  [/^the bank has paid it back$/, "told.cause.bankPaidBack"],
  [/^the dispute was won$/, "told.cause.disputeWon"],
  [/^the payments hold less than what is owed$/, "told.cause.paymentsHoldLess"],
  [/^goods_to_return$/, "told.cause.goodsToReturn"],
  [/^unmatched$/, "told.cause.noOrderFound"],
  [/^unconfirmed$/, "told.cause.nobodyConfirmed"],
  [/^not_mailed$/, "told.cause.notMailed"],
  [/^not_paid$/, "told.cause.notPaid"],
  [/^disputed$/, "told.cause.dispute"],
  [/^refund_failed$/, "told.posted.refundFailed"],
  [/^dispute$/, "told.cause.dispute"],
  [/^refund$/, "told.cause.refund"],
  [/^requested_by_customer$/, "told.cause.byCustomer"],
  [/^declined: (?<decline>\w+)$/, "told.cause.declined"],
  [/^(?<domain>[^\s:]+): join$/, "told.cause.domainJoins"],
  [/^(?<domain>[^\s:]+): ask$/, "told.cause.domainAsks"],
  [/^subscription\.(?<follows>\w+) sub_\w+$/, "told.cause.planFollows"],
];

const EFFECTS: readonly Saying[] = [
  [
    /^Order (?<id>\S+) is (?<state>[a-z ]+)\. (?<credits>\d+) credits were granted\.$/,
    "told.effect.orderCredits",
    "order",
  ],
  [/^Order (?<id>\S+) is (?<state>[a-z ]+)\.$/, "told.effect.order", "order"],
  [/^Order (?<id>\S+) was charged to the saved card\.$/, "told.effect.topUp"],
  [/^Invoice (?<id>\S+) is (?<state>[a-z ]+)\.$/, "told.effect.invoice", "invoice"],
  [/^Membership (?<id>\S+) is (?<state>[a-z ]+)\.$/, "told.effect.membership", "membership"],
  [/^Nothing had to be done\.$/, "told.effect.nothing"],
  [/^Nothing would have to be done\.$/, "told.effect.wouldNothing"],
  [/^Nothing follows events of this type\.$/, "told.effect.noHandler"],
  [
    /^Nothing was left to do: (?:the \w+ was brought up to date|what it is about was looked at) meanwhile\.$/,
    "told.effect.upToDate",
  ],
  [/^The invoice belongs to no membership; nothing was changed\.$/, "told.effect.noMembership"],
  [/^Stripe knows no such membership; nothing was changed\.$/, "told.effect.unknownMembership"],
  [/^No payment was made for this purchase\.$/, "told.effect.noPayment"],
  [/^No payment was made for this purchase, and none is tried any more\.$/, "told.effect.noPaymentAnyMore"],
  [/^No payment page was ever opened for this purchase\.$/, "told.effect.neverOpened"],
  [/^The purchase had come to its end already\.$/, "told.effect.atItsEnd"],
  [/^The card was declined; the payment page is still open\.$/, "told.effect.declinedOpen"],
  [/^The payment page is still open\.$/, "told.effect.stillOpen"],
  [/^The payment page expired; nothing was charged\.$/, "told.effect.expired"],
  [/^Stripe does not know the payment page any more; .*$/, "told.effect.goneDone"],
  [/^Stripe does not know the payment page; the purchase was closed\.$/, "told.effect.gone"],
  [/^The payment page is not one of ours\.$/, "told.effect.notOurs"],
  [/^The payment page belongs to no purchase of ours: .*$/, "told.effect.foreign"],
  [/^Nothing was fulfilled, and an alert was raised: .*$/, "told.effect.mismatch"],
  [/^Nothing was fulfilled, and an alert was raised\.$/, "told.effect.alerted"],
  [/^The saved card was not charged; nothing more is tried by itself\.$/, "told.effect.notCharged"],
  [/^The bank is still working on the payment\.$/, "told.effect.bankWorks"],
  [/^It is no page of ours for a card\.$/, "told.effect.noCardPage"],
  [/^No card was entered on it yet\.$/, "told.effect.noCardYet"],
  [/^The card is for no membership of ours\.$/, "told.effect.cardForNothing"],
  [/^Nothing of theirs waits for a card, and .*$/, "told.effect.cardsWaitNot"],
  [/^(?<count>\d+) memberships that may wait for a card, .*$/, "told.effect.cardsAwaited"],
  [/^A card that was entered later counts, or this one already does\.$/, "told.effect.cardKept"],
  [/^It names no \w+; nothing had to be done\.$/, "told.effect.namesNothing"],
  [/^The [a-z ]+ belongs to no purchase of ours; an alert was raised\.$/, "told.effect.noParentAlert"],
  [/^The [a-z ]+ belongs to no purchase of ours\.$/, "told.effect.noParent"],
  [/^The way from our door to the worker is open\.$/, "told.effect.pathOpen"],
  [/^No campaign uses this price\.$/, "told.effect.noCampaign"],
  [/^A newer look at this price had been applied already\.$/, "told.effect.newerLook"],
  [/^One campaign price is looked up again\.$/, "told.effect.priceAgain"],
  [/^(?<count>\d+) campaign prices are looked up again\.$/, "told.effect.pricesAgain"],
  [/^The price (?<id>\S+) is as it was; no campaign had to follow\.$/, "told.effect.priceAsWas"],
  [/^The price (?<id>\S+) is (?:gone|on sale|archived); .* follows?\.$/, "told.effect.priceFollows"],
  // Why a stored webhook can never be followed.
  [/^The body is not JSON\.$/, "alerts.detail.notJson"],
  [/^The body is not an event: it has no id or no type\.$/, "alerts.detail.notEvent"],
  [/^The body is not a snapshot event\.$/, "alerts.detail.notSnapshot"],
  [/^The event names no object\.$/, "alerts.detail.noObject"],
  [/^The event is of test mode, this shop is live\.$/, "alerts.detail.testMode"],
  [/^The event is of live mode, this shop is not\.$/, "alerts.detail.liveMode"],
  [/^The event is of another account\.$/, "alerts.detail.otherAccount"],
];

const ROLES: readonly Saying[] = [
  [/^(?<who>.+): (?<orgFrom>owner|admin|billing|member) → (?<orgTo>owner|admin|billing|member)$/, "told.role.changed"],
  [/^(?<who>\S+) \((?<orgTo>owner|admin|billing|member)\)$/, "told.role.invited"],
  [/^(?<staffRole>owner|finance|support|marketing|read_only)$/, "told.role.staff"],
];

const POSTED = {
  "payment.captured": "told.posted.payment",
  "payment.refunded": "told.posted.refund",
  "payment.refund_failed": "told.posted.refundFailed",
  "payment.tax_corrected": "told.posted.taxCorrected",
  "credits.granted": "told.posted.granted",
  "credits.booked": "told.posted.booked",
  "credits.restored": "told.posted.restored",
  "credits.debt_raised": "told.posted.debtRaised",
  "credits.debt_settled": "told.posted.debtSettled",
  "credits.debt_forgiven": "told.posted.debtForgiven",
} as const satisfies Record<string, Told>;

/** Why something happened: what the server keeps in short English, in words; what a person wrote stays as it is. */
export function causeWords(text: string, locale: Locale): string {
  const known = say([...CAUSES, ...ROLES], text, locale);
  if (known !== null) return known;
  if (isAct(text)) return fillMessage(locale, `acts.${text}`);
  const code = `errors.code.${text}`;
  if (isKey(code)) return fillMessage(locale, code);
  return shortenIds(withMoney(text, locale));
}

/** Why, or what of it: as an act of the audit log has it. What a form's fields are called is the act's own business. */
export function reasonWords(
  entry: { readonly action: string; readonly reason: string | null },
  locale: Locale,
): string {
  const { action, reason } = entry;
  if (reason === null) return "";
  if (action === "catalog.edit_product" || action === "company.save")
    return reason
      .split(", ")
      .map((field) => keyOr(`told.field.${field}`, field, locale))
      .join(", ");
  if (action === "catalog.edit_variant") return variantWords(reason, locale);
  if (action === "inventory.adjust") return movedWords(reason, locale) ?? causeWords(reason, locale);
  if (action === "pricing.add_price") return pricedWords(reason, locale) ?? causeWords(reason, locale);
  return causeWords(reason, locale);
}

/** `{"sku":"KV-1","position":2,"active":true,"trackStock":true}` */
function variantWords(reason: string, locale: Locale): string {
  const found = /"sku":"(?<sku>[^"]+)".*"active":(?<active>true|false)/.exec(reason)?.groups;
  if (!found) return reason;
  return [found.sku, fillMessage(locale, found.active === "true" ? "told.onSale" : "told.offSale")].join(", ");
}

/** What a webhook led to, or why it can never be followed, in words; an error that a provider worded stays as it is. */
export function effectWords(text: string, locale: Locale): string {
  return say(EFFECTS, text, locale) ?? text;
}

/** Why money was paid back: what a person wrote stands as it is. */
export function refundReason(
  { reason, requestedBy }: { readonly reason: string; readonly requestedBy: string },
  locale: Locale,
): string {
  return requestedBy.startsWith("staff:") ? reason : causeWords(reason, locale);
}

/** What was booked. */
export function postedWord(kind: string, locale: Locale): string {
  const known = Object.entries(POSTED).find(([name]) => name === kind)?.[1];
  if (known) return fillMessage(locale, known);
  const balance = kind.replace(/^credits\./, "balance.kind.");
  return isKey(balance) ? fillMessage(locale, balance) : kind;
}

/** `39900 → 42900 SEK`, `39900 SEK`: amounts that acts keep in minor units. */
function withMoney(text: string, locale: Locale): string {
  const money = (amount: string, currency: string) =>
    formatMoney({ amount: Number(amount), currency }, locale, "ledger", { withCode: false });
  return text
    .replaceAll(/\b(\d+) → (\d+) ([A-Z]{3})\b/g, (_, before: string, after: string, currency: string) =>
      fillMessage(locale, "told.fromTo", { before: money(before, currency), after: money(after, currency) }),
    )
    .replaceAll(/\b(\d+) ([A-Z]{3})\b/g, (_, amount: string, currency: string) => money(amount, currency));
}

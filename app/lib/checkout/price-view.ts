import type { PriceView as CatalogPrice } from "../../../server/pricing/index.ts";
import { formatDate, type Instant } from "../format/dates.ts";
import {
  formatEvery,
  formatMoney,
  formatPercent,
  formatPricePerInterval,
  type Interval,
  type MoneyStyle,
  type MoneyView,
} from "../format/money.ts";
import { t } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { trialSentence, type WithoutCard } from "../memberships/trial-words.ts";

/** A price as the server resolved it. What it says is what is charged. */
export type PriceFacts = {
  price: MoneyView;
  interval: Interval | null;
  campaign?: {
    name: string;
    /** The lowest price of the 30 days before the reduction: the only reference price that may stand here. */
    lowest30: MoneyView | null;
    /** Months at the campaign price; null when it holds as long as the membership does. */
    durationMonths: number | null;
    /** What is charged after those months. */
    later: MoneyView | null;
  } | null;
  /** Charged once beside it. */
  setupFee?: MoneyView | null;
  /** How it begins: days before the first charge, and how many days before that is told by mail. */
  trial?: { days: number; noticeDays: number; withoutCard?: WithoutCard } | null;
};

export type PriceLines = {
  /** `299 kr` and `/mån`, set in different sizes. */
  amount: string;
  suffix: string;
  tag: string | null;
  lowest30: string | null;
  term: string | null;
  /** What is paid once besides, and how long nothing is. */
  terms: readonly string[];
};

/**
 * The lines of a price. A campaign that is not below the 30-day low is no reduction: it gets neither tag nor percent.
 * What is charged later is a term of the contract and always stands. Sums are written as in the shop, or as in the account.
 */
export function priceLines(facts: PriceFacts, locale: Locale, style: MoneyStyle = "shop"): PriceLines {
  const { price, interval, campaign, setupFee, trial } = facts;
  const translate = t(locale);
  const amount = formatMoney(price, locale, style);
  const whole = interval ? formatPricePerInterval(price, interval, locale, style) : amount;
  const at = (money: MoneyView) =>
    interval ? formatPricePerInterval(money, interval, locale, style) : formatMoney(money, locale, style);
  const low = campaign?.lowest30 ?? null;
  const basisPoints = low ? reductionBasisPoints(price, low) : 0;
  return {
    amount,
    suffix: whole.slice(amount.length),
    tag: campaign && basisPoints > 0 ? campaign.name : null,
    lowest30:
      low && basisPoints > 0
        ? basisPoints >= 100
          ? translate("prices.lowest30", {
              price: at(low),
              percent: formatPercent(-Math.floor(basisPoints / 100) * 100, locale),
            })
          : translate("prices.lowest30.plain", { price: at(low) })
        : null,
    term: campaign && interval ? campaignTerm(campaign, at, locale) : null,
    terms: [
      ...(trial ? [translate(trial.withoutCard ? "prices.trialFree" : "prices.trialTerm", { count: trial.days })] : []),
      ...(setupFee ? [translate("prices.setupFee", { sum: formatMoney(setupFee, locale, style) })] : []),
    ],
  };
}

function campaignTerm(
  campaign: NonNullable<PriceFacts["campaign"]>,
  at: (money: MoneyView) => string,
  locale: Locale,
): string | null {
  if (campaign.durationMonths === null) return t(locale)("prices.campaignWhole");
  if (campaign.later === null) return null;
  return t(locale)("prices.campaignMonths", { count: campaign.durationMonths, later: at(campaign.later) });
}

/** What the catalogue answers for a price, as the facts that are shown. */
export function priceFacts(view: CatalogPrice): PriceFacts & { setupFee: MoneyView | null } {
  const { currency, interval, intervalCount, campaign, lowest30Days, laterAmount, setupFeeAmount } = view;
  const money = (amount: number | null): MoneyView | null => (amount === null ? null : { amount, currency });
  return {
    price: { amount: view.amount, currency },
    interval: interval ? { unit: interval, count: intervalCount ?? 1 } : null,
    campaign: campaign && {
      name: campaign.name,
      lowest30: money(lowest30Days),
      durationMonths: campaign.durationMonths,
      later: money(laterAmount),
    },
    setupFee: setupFeeAmount > 0 ? { amount: setupFeeAmount, currency } : null,
    trial: view.trial,
  };
}

/** What is paid at once, in minor units: the fee (once, however many there are), and the price of each unless a trial comes first. */
export function paidToday(
  view: Pick<CatalogPrice, "amount" | "setupFeeAmount" | "trial">,
  trialUsed: boolean,
  units = 1,
): number {
  return (view.trial && !trialUsed ? 0 : view.amount * units) + view.setupFeeAmount;
}

/** How far below, rounded down so that it never promises more than it gives; 0 when not below or not comparable. */
function reductionBasisPoints(price: MoneyView, low: MoneyView): number {
  if (price.currency !== low.currency || low.amount <= 0 || price.amount >= low.amount) return 0;
  return Math.floor(((low.amount - price.amount) * 10_000) / low.amount);
}

/** What a renewal does, as stands under every membership price, in the cart, in mail and in the account. */
export type RenewalFacts = {
  interval: Interval;
  /** Null before purchase, when the day is not known. */
  next: { sum: MoneyView; at: Instant } | null;
  /** `today`: what is paid when it begins, where that is still to come. */
  trial?: {
    today: MoneyView | null;
    sum: MoneyView;
    endsAt: Instant;
    noticeDays: number;
    withoutCard?: WithoutCard;
  } | null;
  endsAt?: Instant | null;
};

/** `Förnyas varje månad tills du avslutar. Ingen bindningstid. Nästa betalning: 399,00 kr den 20 december 2026.` */
export function renewalLine(facts: RenewalFacts, locale: Locale): string {
  const translate = t(locale);
  if (facts.endsAt) return translate("prices.ends", { date: formatDate(facts.endsAt, locale, "prose") });
  if (facts.trial) {
    const { today, sum, endsAt, noticeDays, withoutCard } = facts.trial;
    const later = { date: formatDate(endsAt, locale, "prose"), count: noticeDays };
    if (!today) return trialSentence({ ...later, sum: formatMoney(sum, locale, "ledger"), withoutCard }, locale);
    const sums = { zero: formatMoney(today, locale, "shop"), sum: formatMoney(sum, locale, "shop") };
    const turnsInto = withoutCard
      ? trialSentence({ ...later, sum: sums.sum, withoutCard }, locale)
      : translate("prices.trial", { ...later, ...sums });
    return `${turnsInto} ${translate("prices.trialOnce")}`;
  }
  const sentences = [
    translate("prices.renews", { every: formatEvery(facts.interval, locale) }),
    translate("prices.noTerm"),
  ];
  if (facts.next) {
    sentences.push(
      translate("prices.nextPayment", {
        sum: formatMoney(facts.next.sum, locale, "ledger"),
        date: formatDate(facts.next.at, locale, "prose"),
      }),
    );
  }
  return sentences.join(" ");
}

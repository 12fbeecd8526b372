import { INTL_TAG, type Locale } from "../locale.ts";
import { isKey, keyOr, type Saying, say } from "./sayings.ts";

const DETAILS: readonly Saying[] = [
  [
    /^An announcement to (?<name>.+) was given up after (?<count>\d+) tries \((?<why>.*)\)\. .*$/,
    "alerts.detail.givenUp",
  ],
  [/^(?<name>.+) was switched off after (?<count>\d+) failures in a row\. .*$/, "alerts.detail.endpointOff"],
  [/^The audit log is not whole: (?<chain>.*)$/, "alerts.detail.chain"],
  [
    /^The price of membership (?<id>\S+) should end with its campaign on (?<date>\S+), .*$/,
    "alerts.detail.campaignEnd",
  ],
  [/^What was asked of membership (?<id>\S+) \(\S+\) was refused \((?<why>.*)\)\. .*$/, "alerts.detail.changeRefused"],
  [/^Refund (?<id>\S+) failed, and its payment is said to be paid back whole .*$/, "alerts.detail.refundBehind"],
  [/^Refund (?<id>\S+) of a disputed payment failed: .*$/, "alerts.detail.refundReturned"],
  [/^The payout (?<id>\S+) did not reach the bank \((?<why>.*)\)\. .*$/s, "alerts.detail.payoutFailed"],
  [/^Withdrawal (?<id>\S+) pays back what was kept .*$/, "alerts.detail.creditSpent"],
  [/^What was asked of membership (?<id>\S+) for (?<date>\S+) \(\S+\) came too late\. .*$/, "alerts.detail.lateChange"],
  [
    /^Membership (?<id>\S+) began with a second trial, and the provider refused to end it \((?<why>.*)\)\. .*$/,
    "alerts.detail.secondTrial",
  ],
  [/^Stripe holds a paid (?<paid>payment|invoice|membership) that belongs to no purchase .*$/, "alerts.detail.foreign"],
  [/^Somebody paid on a payment page that belongs to no purchase .*$/, "alerts.detail.foreignPage"],
  [
    /^Payment page (?<id>\S+) does not match the purchase: (?<mismatch>.*)\. Nothing was fulfilled\.$/,
    "alerts.detail.mismatch",
  ],
  [/^The payment (?<id>\S+) does not match its purchase\. .*$/, "alerts.detail.paymentMismatch"],
  [/^(?<claimed>\d+) seats are claimed and the plan holds (?<allowed>\d+)\.$/, "alerts.detail.overSeats"],
  [/^Organization (?<id>\S+) pays for two plans, (?<one>\S+) and (?<other>\S+)\. .*$/, "alerts.detail.twoPlans"],
  [
    /^The same cart was paid for on two payment pages; the other order is (?<number>\S+)\. .*$/,
    "alerts.detail.paidTwice",
  ],
  [/^The (?<process>\w+) process waited (?<seconds>[\d.]+) s for a database connection, .*$/, "alerts.detail.pool"],
  [/^(?<count>\d+) kept secrets \((?<what>.*)\) open with no SESSION_SECRET .*$/, "alerts.detail.secretLost"],
  [/^Paid after the goods had gone to others: (?<count>\d+) of (?<id>\S+) are missing\. .*$/, "alerts.detail.oversold"],
  [
    /^Credits of (?<customer>\S+) that were due could not be handled \((?<id>.*?)\): (?<why>.*)$/s,
    "alerts.detail.creditsDue",
  ],
  [/^The job (?<name>\S+) stopped: (?<why>.*)$/s, "alerts.detail.jobStopped"],
  [/^(?<why>.*) It is tried again; whatever it waits for hangs\.$/s, "alerts.detail.timedOut"],
  [/^(?<count>\d+) problems: (?<ledger>.*)$/s, "alerts.detail.ledger"],
  [/^A mail could not be delivered: (?<why>.*)$/s, "alerts.detail.mail"],
  [/^The payment of a cancelled order went through\. .*$/, "alerts.detail.paidCancelled"],
  [/^The default price is shown and charged\. (?<prices>.*)$/s, "alerts.detail.campaignPrice"],
  [/^Stripe refused to make the price of (?<id>\S+) \((?<why>.*)\)\. .*$/, "alerts.detail.priceNotMade"],
  [/^Evaluated again, this receipt comes to another price: .*$/, "alerts.detail.receiptDiffers"],
  [/^This receipt cannot be evaluated again: .*$/, "alerts.detail.receiptUnread"],
  [/^The provider no longer knows the (?<object>\w+) (?<id>\S+)\. .*$/, "alerts.detail.gone"],
  [
    /^The (?<object>\w+) (?<id>\S+) could not be brought to what the provider holds: (?<fields>.*?)\.?$/s,
    "alerts.detail.drift",
  ],
  [/^The organization (?<id>\S+) has the plan (?<ours>\S+) instead of (?<theirs>\S+)\. .*$/, "alerts.detail.otherPlan"],
  [
    /^The provider has not let itself be asked for (?<stream>\w+) for half an hour: (?<why>.*)$/s,
    "alerts.detail.silent",
  ],
  [
    /^(?<count>\d+) attempts at webhooks failed within five minutes, the latest at (?<type>\S+): (?<why>.*)$/s,
    "alerts.detail.failing",
  ],
  [/^Our own test event has not come through .*$/, "alerts.detail.path"],
  [/^(?<count>\d+) events have waited .*$/, "alerts.detail.behind"],
  [
    /^Only (?<percent>[\d.,]+) % of the last seven days' events were handled; (?<count>\d+) were not\.$/,
    "alerts.detail.rate",
  ],
  [/^(?<type>\S+) could not be processed: (?<why>.*)$/s, "alerts.detail.stopped"],
  [/^The event came again with another body\. .*$/, "alerts.detail.body"],
  [/^The body is not JSON\.$/, "alerts.detail.notJson"],
  [/^The body is not an event: .*$/, "alerts.detail.notEvent"],
  [/^The body is not a snapshot event\.$/, "alerts.detail.notSnapshot"],
  [/^The event names no object\.$/, "alerts.detail.noObject"],
  [/^The event is of test mode, .*$/, "alerts.detail.testMode"],
  [/^The event is of live mode, .*$/, "alerts.detail.liveMode"],
  [/^The event is of another account\.$/, "alerts.detail.otherAccount"],
];

const CHAIN: readonly Saying[] = [
  [/^the links from (?<from>\d+) to (?<to>\d+) are gone$/, "alerts.chain.gone"],
  [/^entry (?<id>\S+) was deleted \(link (?<link>\d+)\)$/, "alerts.chain.deleted"],
  [/^link (?<link>\d+) \(entry (?<id>\S+)\) does not follow the one before it$/, "alerts.chain.broken"],
  [/^entry (?<id>\S+) was changed \(link (?<link>\d+)\)$/, "alerts.chain.changed"],
  [/^entry (?<id>\S+) was put in afterwards(?: \(link \d+\))?$/, "alerts.chain.late"],
];

const LEDGER: readonly Saying[] = [
  [/^account (?<id>\S+): its entries sum to (?<sum>-?\d+) \((?<held>-?\d+) held\), but .*$/, "alerts.ledger.noBalance"],
  [/^seal (?<from>\d+) is missing$/, "alerts.ledger.seal"],
  [/^seals (?<from>\d+) to (?<to>\d+) are missing$/, "alerts.ledger.seals"],
  [/^posting (?<id>\S+) \(seal (?<seal>\d+)\) or one of its entries is not what was sealed$/, "alerts.ledger.changed"],
  [/^posting (?<id>\S+): there is no account (?<account>\S+)$/, "alerts.ledger.noAccount"],
  [/^posting (?<id>\S+): account (?<account>\S+) is not in (?<currency>\S+)$/, "alerts.ledger.currency"],
  [/^posting (?<id>\S+): its entries in (?<currency>\S+) sum to (?<sum>-?\d+) instead of zero$/, "alerts.ledger.sum"],
  [/^posting (?<id>\S+) has fewer than two entries$/, "alerts.ledger.entries"],
  [/^posting (?<id>\S+) settles (?<other>\S+), which is not pending$/, "alerts.ledger.settles"],
  [
    /^balance of (?<id>\S+): (?<stored>-?\d+) \((?<held>-?\d+) held\) is stored, its entries say (?<sum>-?\d+) \((?<heldSum>-?\d+) held\)$/,
    "alerts.ledger.balance",
  ],
  [/^balance of (?<id>\S+): below zero$/, "alerts.ledger.belowZero"],
  [/^and (?<count>\d+) more$/, "alerts.ledger.more"],
];

const MISMATCHES: readonly Saying[] = [
  [/^it names another purchase$/, "alerts.mismatch.purchase"],
  [/^the purchase has another payment page$/, "alerts.mismatch.page"],
  [/^it moved real money$/, "alerts.mismatch.live"],
  [/^it moved no real money$/, "alerts.mismatch.test"],
  [/^it names another organization$/, "alerts.mismatch.organization"],
  [/^its mode is (?<mode>\w+)$/, "alerts.mismatch.mode"],
  [/^its currency is (?<currency>\w+) instead of (?<expected>\w+)$/, "alerts.mismatch.currency"],
  [/^its total is (?<amount>\d+) instead of (?<amountDue>\d+)$/, "alerts.mismatch.total"],
  [/^the payment is of (?<amount>\d+) instead of (?<amountDue>\d+)$/, "alerts.mismatch.payment"],
  [/^the payment is in (?<currency>\w+)$/, "alerts.mismatch.paymentCurrency"],
  [/^the membership is in (?<currency>\w+)$/, "alerts.mismatch.membershipCurrency"],
  [/^the membership costs (?<amount>\d+) instead of (?<amountDue>\d+)$/, "alerts.mismatch.membership"],
  [/^it has (?<count>\d+) seats instead of (?<most>\w+)$/, "alerts.mismatch.seats"],
  [/^it begins with a trial$/, "alerts.mismatch.trial"],
  [/^it begins without the trial$/, "alerts.mismatch.noTrial"],
  [/^its trial ends in another way$/, "alerts.mismatch.trialEnd"],
  [/^the invoice is of (?<amount>\d+) instead of (?<amountDue>\d+)$/, "alerts.mismatch.invoice"],
];

/** Why a price of a campaign is not used, for a product that it names. */
const PRICES: readonly Saying[] = [
  [/^(?<price>.+) for (?<product>.+): The price is archived in Stripe\.$/, "alerts.price.archived"],
  [/^(?<price>.+) for (?<product>.+): The price does not exist in Stripe\.$/, "alerts.price.notFound"],
  [/^(?<price>.+) for (?<product>.+): The price has no fixed amount per unit\.$/, "alerts.price.noPlainAmount"],
  [/^(?<price>.+) for (?<product>.+): The price is in another currency\.$/, "alerts.price.wrongCurrency"],
  [
    /^(?<price>.+) for (?<product>.+): The price renews at another interval than the default price\.$/,
    "alerts.price.wrongInterval",
  ],
  [/^(?<price>.+) for (?<product>.+): The product is not in the catalogue\.$/, "alerts.price.unknownProduct"],
  [/^(?<price>.+) for (?<product>.+): The price is not below the default price\.$/, "alerts.price.notLower"],
  [
    /^(?<price>.+) for (?<product>.+): The months of the campaign do not come out even with the period that is paid\.$/,
    "alerts.price.hasDuration",
  ],
];

const FIELDS: readonly Saying[] = [[/^(?<field>\S+) (?<ours>.*) here, (?<theirs>.*) there$/, "alerts.drift.field"]];

/** What kind of alert it is, in words; the code of one that nobody gave words. */
export function alertWord(kind: string, locale: Locale): string {
  return keyOr(`alerts.kind.${kind}`, kind, locale);
}

/** What an alert says, in words. What a provider, a receiver or a failing program said itself stays as it is. */
export function alertDetail(text: string, locale: Locale): string {
  const detail = say(DETAILS, text, locale, (name, value) => {
    if (name === "chain") return chainProblem(value, locale);
    if (name === "ledger") return eachOf(LEDGER, value, locale);
    if (name === "mismatch") return eachOf(MISMATCHES, value, locale);
    if (name === "prices") return eachOf(PRICES, value, locale, PRICE);
    if (name === "fields") return eachOf(FIELDS, value, locale);
    if (name === "percent") return new Intl.NumberFormat(INTL_TAG[locale]).format(Number(value.replace(",", ".")));
    if (name === "paid" || name === "object" || name === "stream") return keyOr(`alerts.of.${value}`, value, locale);
    return null;
  });
  return detail ?? text;
}

/** What is wrong with the chain of the audit log. */
export function chainProblem(text: string, locale: Locale): string {
  return say(CHAIN, text, locale) ?? text;
}

/** One thing that is wrong with the books. */
export function ledgerProblem(text: string, locale: Locale): string {
  return say(LEDGER, text, locale) ?? text;
}

/** Where the next price begins, in a text that tells of several. */
const PRICE = /(?<=\.) (?=\S+ for )/;

function eachOf(sayings: readonly Saying[], text: string, locale: Locale, between: string | RegExp = "; "): string {
  const amount = (minor: string) =>
    new Intl.NumberFormat(INTL_TAG[locale], { minimumFractionDigits: 2 }).format(Number(minor) / 100);
  return text
    .split(between)
    .map((one) => {
      const blank = (name: string, value: string) =>
        name.startsWith("amount")
          ? amount(value)
          : value === "nothing"
            ? keyOr("alerts.of.nothing", value, locale)
            : null;
      return say(sayings, one, locale, blank) ?? one;
    })
    .join(typeof between === "string" ? between : " ");
}

/** Whether a kind of alert has words. */
export const hasAlertWord = (kind: string): boolean => isKey(`alerts.kind.${kind}`);

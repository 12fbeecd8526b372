import type { prices as source } from "../sv/prices.ts";
import type { Message } from "../translate.ts";

export const prices = {
  "prices.inclVat": "incl. VAT",
  "prices.exclVat": "excl. VAT",
  "prices.ofWhichVat": "of which VAT {rate} {sum}",
  "prices.lowest30": "Lowest price in the 30 days before the reduction: {price} ({percent})",
  "prices.lowest30.plain": "Lowest price in the 30 days before the reduction: {price}",
  "prices.campaignPrice": "Campaign price",
  "prices.price": "Price",
  "prices.campaignMonths": {
    one: "Campaign price for {count} month, then {later}",
    other: "Campaign price for {count} months, then {later}",
  },
  "prices.campaignWhole": "The campaign price holds for as long as you keep the membership.",
  "prices.renews": "Renews {every} until you cancel.",
  "prices.noTerm": "No minimum term.",
  "prices.nextPayment": "Next payment: {sum} on {date}.",
  "prices.trial": {
    one: "{zero} today. {sum} will be charged on {date} unless you cancel before then. We email you {count} day before.",
    other:
      "{zero} today. {sum} will be charged on {date} unless you cancel before then. We email you {count} days before.",
  },
  "prices.trialLater": {
    one: "{sum} will be charged on {date} unless you cancel before then. We email you {count} day before.",
    other: "{sum} will be charged on {date} unless you cancel before then. We email you {count} days before.",
  },
  "prices.trialTerm": { one: "{count} day on trial.", other: "{count} days on trial." },
  "prices.trialNoCard.cancel": {
    one: "No card is needed now. If you have added a card by {date}, {sum} is charged then; otherwise it ends and nothing is charged. We email you {count} day before.",
    other:
      "No card is needed now. If you have added a card by {date}, {sum} is charged then; otherwise it ends and nothing is charged. We email you {count} days before.",
  },
  "prices.trialNoCard.pause": {
    one: "No card is needed now. If you have added a card by {date}, {sum} is charged then; otherwise it is paused and nothing is charged. We email you {count} day before.",
    other:
      "No card is needed now. If you have added a card by {date}, {sum} is charged then; otherwise it is paused and nothing is charged. We email you {count} days before.",
  },
  "prices.trialNoCard.create_invoice": {
    one: "No card is needed now. On {date} {sum} is charged to your card, or billed to you if you have added none. If you do not want to go on, cancel before then. We email you {count} day before.",
    other:
      "No card is needed now. On {date} {sum} is charged to your card, or billed to you if you have added none. If you do not want to go on, cancel before then. We email you {count} days before.",
  },
  "prices.trialOnce": "One trial per person, company and card.",
  "prices.trialFree": {
    one: "{count} day free, no card needed.",
    other: "{count} days free, no card needed.",
  },
  "prices.startTrial": "Start the trial",
  "prices.trialUsed": "The trial has been used already, so {sum} is charged today.",
  "prices.setupFee": "Joining fee {sum}, paid once.",
  "prices.orderToPay": "Order with an obligation to pay",
  "prices.ends": "Ends on {date}. Nothing more will be charged.",
  "prices.shipping": "Shipping",
  "prices.toPayToday": "To pay today",
  "prices.total": "Total",
  "prices.buyAndPay": "Buy and pay {sum}",
  "prices.receipts.title": "Price receipts",
  "prices.receipts.none": "No price receipts yet.",
  "prices.receipts.query": "Receipt, product, campaign, order number or email",
  "prices.receipts.campaign": "Campaign",
  "prices.receipts.with": "With a campaign",
  "prices.receipts.without": "Without a campaign",
  "prices.receipts.when": "Decided",
  "prices.list.title": "Price list",
  "prices.list.none": "No prices yet.",
  "prices.list.query": "Id of a product or price",
  "prices.list.currency": "Currency",
  "prices.list.SEK": "Swedish kronor",
  "prices.list.EUR": "Euros",
  "prices.list.USD": "US dollars",
  "prices.list.current": "Current",
  "prices.list.past": "Past",
  "prices.list.sku": "Article number",
  "prices.list.since": "Since",
} as const satisfies Record<keyof typeof source, Message>;

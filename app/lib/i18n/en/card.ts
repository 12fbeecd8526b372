import type { card as source } from "../sv/card.ts";
import type { Message } from "../translate.ts";

export const card = {
  "card.title": "Change card",
  "card.lead": "Stripe takes care of the payment. You do not need to sign in.",
  "card.owed": "Pay {sum}",
  "card.owedText": "Change the card and we charge {sum} at once.",
  "card.approval": "Your bank wants you to approve {sum}.",
  "card.paid": "Nothing is unpaid.",
  "card.paidText": "If you change the card, the new one is used from the next payment on.",
  "card.done": "The payment is complete. Everything is back to normal.",
  "card.changed": "The card has been changed.",
  "card.flight": "We are charging {sum} now. The result will appear here.",
  "card.refused": "The payment of {sum} did not go through with that card. No money was taken.",
  "card.unknown": "We are waiting for the bank's answer about {sum}. You do not need to do anything. Do not pay again.",
  "card.plan": "For",
  "card.sum": "To pay",
  "card.card": "Card",
  "card.gone": "This link is no longer valid",
  "card.goneText":
    "It is too old, or somebody else pays by now. Sign in to change the card, or use the link of a later email.",
  "card.login": "Sign in",
  "card.other": "Change to another card",
  "card.look": "Look again",
  "card.add": "Add a card",
  "card.trial.cancel":
    "The trial ends on {date}. With a card it goes on and {sum} is charged then. Without a card it ends.",
  "card.trial.pause":
    "The trial ends on {date}. With a card it goes on and {sum} is charged then. Without a card it is paused.",
  "card.trial.create_invoice":
    "The trial ends on {date} and {product} goes on. With a card {sum} is charged then. Without a card you are billed {sum}.",
  "card.trial.billed":
    "The trial ended on {date} and the bill of {sum} is on its way. Add a card now and it is charged to that.",
  "card.owedFirst": "Add a card and we charge {sum} at once.",
  "card.trial.paused": "The trial ended on {date}. With a card it goes on at once and {sum} is charged now.",
  "card.next": "Otherwise we will try again on {date}.",
} as const satisfies Record<keyof typeof source, Message>;

import type { nothing as source } from "../sv/nothing.ts";
import type { Message } from "../translate.ts";

export const nothing = {
  "nothing.alerts": "The shop looks every five minutes and says here when something is not right.",
  "nothing.announcements": "What the partner announces by webhook stands here, with what became of it.",
  "nothing.audit": "Everything that staff do and every sum that moves is written here by itself.",
  "nothing.batches":
    "Choose several webhooks in the inbox and run them again or discard them: how it went then stands here.",
  "nothing.campaigns": "A campaign lowers a price for a time. It begins as a draft that no visitor sees.",
  "nothing.customers": "A customer comes here with their first purchase, or when somebody creates an account.",
  "nothing.drifts":
    "Every five minutes the shop is compared with Stripe, and plans with what is paid. What differed, and what put it right, stands here.",
  "nothing.endpoints": "Add an address below, and it is told there when a campaign begins, changes and ends.",
  "nothing.invoices": "Each payment of a membership or a plan gets an invoice here.",
  "nothing.jobs": "What waits to be done in the background, or failed, stands here until it is done.",
  "nothing.ledger": "Each payment, refund and credit is booked here the moment it happens.",
  "nothing.mail": "Each mail that the shop sends stands here as it was sent, those that were stopped as well.",
  "nothing.memberships": "A membership comes here when it is bought. Plans that organizations buy stand here as well.",
  "nothing.months": "The months fill once the first purchase is paid.",
  "nothing.offers":
    "An offer is shown once to who is about to leave: a discount, free time, a pause or a cheaper membership.",
  "nothing.orders": "An order comes here as soon as somebody has gone to the payment, paid or not.",
  "nothing.organizations":
    "Everybody who creates an account gets one of their own. Companies are founded from the account.",
  "nothing.prices": "A price is made when a product gets it, and the one before stays for the sake of the 30 days.",
  "nothing.products": "Create a product with a price, pictures and stock. It is sold only once you say so.",
  "nothing.receipts": "Each purchase keeps why it cost what it cost. That stands here.",
  "nothing.payouts": "Stripe pays out to the bank what has come in, by itself. It shows here once it is sent.",
  "nothing.refunds": "Pay back from the order: the whole sum, a part, or some of the goods.",
  "nothing.staff": "Invite a colleague with the form below.",
  "nothing.topUps": "When a customer's balance falls below the limit the card is charged, and it stands here.",
  "nothing.webhooks": "Stripe tells here what happens to payments. If nothing comes to a live shop: see Settings.",
  "nothing.withdrawals":
    "Who withdraws from a purchase within 14 days does so in the shop. It stands here with what is left to do.",
  "nothing.statements":
    "Who has neither a link nor an account withdraws with order number and email. It stands here until the buyer has confirmed.",
} as const satisfies Record<keyof typeof source, Message>;

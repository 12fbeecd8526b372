import { fillMessage, type MessageKey } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { shortenMiddle } from "../shorten.ts";
import { type StatusNoun, stateWord } from "../statuses.ts";
import { keyOr } from "./sayings.ts";

/** Something whose state would be another: what, which one, and both states as the server has them. */
export type Change = {
  readonly what: string;
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
};

/** What is called otherwise here than in its history, and whose words its states are told in. */
const THINGS: Readonly<Record<string, { readonly name: MessageKey; readonly states?: StatusNoun }>> = {
  checkout: { name: "office.orders.what.checkout", states: "checkout" },
  order: { name: "office.orders.what.order", states: "order" },
  payment: { name: "office.orders.what.payment", states: "payment" },
  refund: { name: "office.orders.what.refund", states: "refund" },
  invoice: { name: "office.orders.what.invoice", states: "invoice" },
  subscription: { name: "office.orders.what.subscription", states: "membership" },
  subscription_change: { name: "office.orders.what.change" },
  fulfilment: { name: "office.orders.what.fulfilment", states: "fulfilment" },
  email: { name: "office.orders.what.mail", states: "mail" },
  withdrawal: { name: "office.orders.what.withdrawal", states: "withdrawal" },
  withdrawal_statement: { name: "office.orders.what.withdrawal_statement", states: "withdrawal_statement" },
  campaign: { name: "webhooks.change.campaign", states: "campaign" },
  stock_reservation: { name: "webhooks.change.stock" },
  seat: { name: "office.orders.what.seat" },
};

/** `Order ord_06h0…: från Väntar på betalning till Betald`; of a new thing its state alone. */
export function changeWords({ what, id, from, to }: Change, locale: Locale): string {
  const thing = THINGS[what];
  const word = (state: string) => {
    if (thing?.states) return stateWord(thing.states, state, locale);
    const own = what === "subscription_change" ? `memberships.state.${state}` : `webhooks.change.${what}.${state}`;
    return keyOr(own, state, locale);
  };
  const named = { what: thing ? fillMessage(locale, thing.name) : what, id: shortenMiddle(id), to: word(to) };
  return from === null
    ? fillMessage(locale, "webhooks.change.new", named)
    : fillMessage(locale, "webhooks.change.moved", { ...named, from: word(from) });
}

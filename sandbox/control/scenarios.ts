import type { DeclineReason } from "../stripe/cards/declines.ts";
import { settleDebit } from "../stripe/checkout/delayed.ts";
import { expireSession } from "../stripe/checkout/expire.ts";
import { openDispute } from "../stripe/disputes/life.ts";
import { change, type Unit } from "../stripe/unit.ts";
import { type CardRecord, idOf } from "../stripe/world.ts";

/** What can be made to happen to a customer: what it is called, and what it does; it answers what happened, or why nothing did. */
interface Scenario {
  label: string;
  run(unit: Unit, customer: string): string;
}

const noCard = "The customer has no card.";

/** The card that the customer's renewals are charged to. */
function chargedCard(unit: Unit, customer: string): CardRecord | undefined {
  const { world } = unit;
  const own = world.subscriptions.by("customer", customer).findLast((one) => one.status !== "canceled");
  const usual = world.customers.get(customer)?.invoice_settings.default_payment_method;
  const first = world.paymentMethods.page({ where: { customer }, limit: 1 }).data[0]?.id;
  return world.cards.get(idOf(own?.default_payment_method) ?? idOf(usual) ?? first ?? "");
}

function bank(unit: Unit, customer: string, behavior: Partial<CardRecord["behavior"]>, said: string): string {
  const card = chargedCard(unit, customer);
  if (!card) return noCard;
  unit.world.cards.replace({ ...card, behavior: { ...card.behavior, refusedAtOnce: null, ...behavior } });
  return said;
}

const refuses = (reason: DeclineReason, said: string) => (unit: Unit, customer: string) =>
  bank(unit, customer, { refusedOnCharge: reason }, said);

function settle(unit: Unit, customer: string, outcome: "succeeds" | "fails"): string {
  const waiting = unit.world.paymentIntents
    .page({ where: { customer }, limit: 1, matches: (one) => one.status === "processing" })
    .data.at(0);
  if (!waiting || !settleDebit(unit, waiting.id, outcome)) return "No payment of the customer is on its way.";
  return outcome === "fails" ? "The bank sent the debit back." : "The debit has come through.";
}

export const scenarios = {
  renewal_fails: {
    label: "Renewal fails (no funds)",
    run: refuses(
      "insufficient_funds",
      "The card has no funds from now on: the next renewal fails, and is tried again.",
    ),
  },
  renewal_fails_for_good: {
    label: "Card reported stolen",
    run: refuses("stolen_card", "The card is stolen: the next renewal fails, and the card is never charged again."),
  },
  renewal_needs_approval: {
    label: "Renewal needs approval",
    run: (unit, customer) =>
      bank(unit, customer, { approval: "always" }, "The bank asks the customer at every payment from now on."),
  },
  card_works: {
    label: "Card works again",
    run: (unit, customer) =>
      bank(
        unit,
        customer,
        { refusedOnCharge: null, approval: "never" },
        "The card is charged without questions from now on.",
      ),
  },
  card_replaced: {
    label: "Card replaced by its network",
    run: (unit, customer) => {
      const { world } = unit;
      const method = world.paymentMethods.get(chargedCard(unit, customer)?.id ?? "");
      if (!method?.card) return noCard;
      const last4 = method.card.last4 === "1881" ? "4444" : "1881";
      const card = { ...method.card, exp_year: method.card.exp_year + 4, last4 };
      change(unit, world.paymentMethods, method, { card }, "payment_method.automatically_updated");
      return `The card ends in ${last4} now, and goes on four years longer.`;
    },
  },
  dispute_opened: {
    label: "Dispute opened",
    run: (unit, customer) => {
      const charge = unit.world.charges
        .page({ where: { customer }, limit: 1, matches: (one) => one.captured && !one.disputed && !one.refunded })
        .data.at(0);
      if (!charge) return "The customer has no charge that could be disputed.";
      openDispute(unit, charge, "fraudulent");
      return `The latest charge, ${charge.id}, is disputed as fraudulent.`;
    },
  },
  refunds_fail: {
    label: "Refunds fail",
    run: (unit, customer) =>
      bank(unit, customer, { refunds: "fail" }, "Refunds to the card come back a day later from now on."),
  },
  payment_succeeds: {
    label: "Delayed payment succeeds",
    run: (unit, customer) => settle(unit, customer, "succeeds"),
  },
  payment_fails: { label: "Delayed payment fails", run: (unit, customer) => settle(unit, customer, "fails") },
  checkouts_expire: {
    label: "Open checkouts expire",
    run: (unit, customer) => {
      const open = unit.world.sessions.by("customer", customer).filter((one) => one.status === "open");
      for (const one of open) expireSession(unit, one);
      return open.length === 0 ? "The customer has no open checkout." : `${open.length} open checkouts have expired.`;
    },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as [ScenarioName, ...ScenarioName[]];

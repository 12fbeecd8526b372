import { invalid, missing, StripeFault } from "../api/errors.ts";
import type { CardBehavior } from "../cards/behavior.ts";
import { declineFor } from "../cards/declines.ts";
import { cardByToken } from "../cards/look-up.ts";
import { change, type Unit } from "../unit.ts";
import type { Customer, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";
import { awaitReplacement } from "./replace.ts";
import { newCardMethod } from "./shape.ts";

/** The payment method that a parameter names; a magic token such as `pm_card_visa` makes a new one each time. */
export function methodNamed(
  unit: Unit,
  id: string,
  at: "path" | "param" = "param",
  param = "payment_method",
): PaymentMethod {
  const known = unit.world.paymentMethods.get(id);
  if (known) return known;
  const behavior = cardByToken(id);
  if (!behavior) throw missing("PaymentMethod", id, param, at === "path");
  return tokenMethod(unit, behavior);
}

/** The card of an older token such as `tok_visa`, which stands for the same test card as `pm_card_visa`; undefined when there is none. */
export function cardOfToken(unit: Unit, token: string): PaymentMethod | undefined {
  const behavior = token.startsWith("tok_") ? cardByToken(`pm_card_${token.slice("tok_".length)}`) : undefined;
  return behavior && tokenMethod(unit, behavior, "card");
}

function tokenMethod(unit: Unit, behavior: CardBehavior, prefix: "card" | "pm" = "pm"): PaymentMethod {
  const today = new Date(unit.now * 1000);
  return newCardMethod(
    unit,
    {
      behavior,
      expMonth: today.getUTCMonth() + 1,
      expYear: today.getUTCFullYear() + 1,
      email: null,
      name: null,
      country: null,
      postalCode: null,
    },
    "unspecified",
    prefix,
  );
}

/** 402: the bank refuses to let this card be saved. */
function cannotBeSaved(behavior: CardBehavior): StripeFault | undefined {
  if (behavior.refusedAtOnce === null) return undefined;
  const why = declineFor(behavior.refusedAtOnce);
  return new StripeFault(
    402,
    {
      type: "card_error",
      code: why.code,
      message: why.message,
      param: "",
      ...(why.declineCode === null ? {} : { decline_code: why.declineCode }),
      ...(why.advice === null ? {} : { advice_code: why.advice }),
      ...(why.networkCode === null ? {} : { network_decline_code: why.networkCode }),
    },
    true,
  );
}

/** Saves a card to a customer. */
export function attachTo(unit: Unit, method: PaymentMethod, customer: Customer): PaymentMethod {
  const owner = idOf(method.customer);
  if (owner === customer.id) return method;
  if (owner !== null)
    throw invalid(
      "The payment method you provided has already been attached to a customer.",
      "payment_method",
      "payment_method_unexpected_state",
    );
  const behavior = unit.world.cards.get(method.id)?.behavior;
  const fault = behavior && cannotBeSaved(behavior);
  if (fault) throw fault;
  const attached = change(
    unit,
    unit.world.paymentMethods,
    method,
    { customer: customer.id },
    "payment_method.attached",
  );
  awaitReplacement(unit, attached);
  return attached;
}

/** Takes a card away from its customer for good; nobody is charged with it any more. */
export function detach(unit: Unit, method: PaymentMethod): PaymentMethod {
  const { world } = unit;
  const owner = world.customers.get(idOf(method.customer) ?? "");
  if (!owner)
    throw invalid(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
      undefined,
      "payment_method_unexpected_state",
    );
  if (idOf(owner.invoice_settings.default_payment_method) === method.id) {
    const settings = { ...owner.invoice_settings, default_payment_method: null };
    change(unit, world.customers, owner, { invoice_settings: settings }, "customer.updated");
  }
  if (owner.default_source === method.id) leaveSource(unit, owner.id, method.id);
  for (const subscription of world.subscriptions.by("customer", owner.id))
    if (idOf(subscription.default_payment_method) === method.id)
      change(
        unit,
        world.subscriptions,
        subscription,
        { default_payment_method: null },
        "customer.subscription.updated",
      );
  world.due.drop("card.replace", method.id);
  return change(unit, world.paymentMethods, method, { customer: null }, "payment_method.detached");
}

/** A card of the older kind is the customer's usual one no more: the one added before it takes its place. */
function leaveSource(unit: Unit, customer: string, gone: string): void {
  const { world } = unit;
  const owner = world.customers.get(customer);
  const others = world.paymentMethods.by("customer", customer).filter((one) => isSource(one) && one.id !== gone);
  if (owner) change(unit, world.customers, owner, { default_source: others.at(-1)?.id ?? null }, "customer.updated");
}

/** Whether a card was saved the older way, as a source. */
export function isSource({ id }: PaymentMethod): boolean {
  return id.startsWith("card_");
}

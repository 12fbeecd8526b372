import { recovery } from "../billing/recovery.ts";
import type { CardBehavior } from "../cards/behavior.ts";
import { change, type Unit } from "../unit.ts";
import type { PaymentMethod } from "../wire.ts";

/** How many years a renewed card is good for. */
const renewedYears = 4;

/** The first moment of the month in which a card expires. */
function lastMonth(card: { exp_month: number; exp_year: number }): number {
  return Date.UTC(card.exp_year, card.exp_month - 1, 1) / 1000;
}

/** A saved card is replaced by its network in its last month. */
export function awaitReplacement(unit: Unit, method: PaymentMethod): void {
  const at = method.card ? lastMonth(method.card) : 0;
  if (at > unit.now) unit.world.due.put({ kind: "card.replace", id: method.id, at });
}

/** The network tells of a renewed card: the payment method keeps its id. Not when the account does without such news. */
export function replaceCard(unit: Unit, id: string): void {
  const method = unit.world.paymentMethods.get(id);
  if (!method?.card || method.customer === null || !recovery(unit.world).networksReplaceCards) return;
  const card = { ...method.card, exp_year: method.card.exp_year + renewedYears };
  const replaced = change(unit, unit.world.paymentMethods, method, { card }, "payment_method.automatically_updated");
  awaitReplacement(unit, replaced);
}

/** How the card behind a payment method behaves now: one whose last month is over is refused as expired. */
export function behaviorNow(unit: Unit, method: PaymentMethod): CardBehavior | undefined {
  const behavior = unit.world.cards.get(method.id)?.behavior;
  if (!behavior || !method.card) return behavior;
  const { exp_month, exp_year } = method.card;
  const over = Date.UTC(exp_year, exp_month, 1) / 1000;
  if (unit.now < over || behavior.refusedAtOnce) return behavior;
  return { ...behavior, approval: "never", refusedOnCharge: "expired_card" };
}

import type { CardBehavior } from "../cards/behavior.ts";
import { openDispute, openTwoDisputes } from "../disputes/life.ts";
import { warnOfFraud } from "../disputes/warning.ts";
import { change, type Unit } from "../unit.ts";
import type { Charge } from "../wire.ts";
import { bookBalance } from "./balance.ts";

/** Money that a card gave arrives, and what its holder and its network then do begins. */
export function takeMoney(unit: Unit, charge: Charge, behavior: CardBehavior): Charge {
  const booked = bookBalance(unit, "charge", charge, charge.amount);
  const final = change(unit, unit.world.charges, charge, { balance_transaction: booked.id }, "charge.updated");
  if (behavior.warnsOfFraud) warnOfFraud(unit, final);
  if (behavior.disputes === "twice") openTwoDisputes(unit, final);
  else if (behavior.disputes) openDispute(unit, final, behavior.disputes);
  return unit.world.charges.get(final.id) ?? final;
}

import { newId } from "../../ids.ts";
import { recordEvent } from "../events/record.ts";
import type { Unit } from "../unit.ts";
import type { Charge, FraudWarning } from "../wire.ts";

/** The card's network warns that a charge may be fraud, before anybody disputes it. */
export function warnOfFraud(unit: Unit, charge: Charge): void {
  const warning: FraudWarning = {
    id: newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: true,
    charge: charge.id,
    created: unit.now,
    fraud_type: "made_with_stolen_card",
    livemode: false,
    payment_intent: charge.payment_intent ?? "",
  };
  recordEvent(unit, "radar.early_fraud_warning.created", warning);
}

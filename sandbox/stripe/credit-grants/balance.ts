import { newId } from "../../ids.ts";
import { create, type Unit } from "../unit.ts";
import type { CreditGrant, CreditMovement } from "../wire.ts";
import { idOf, type World } from "../world.ts";

export const money = (currency: string, value: number) => ({
  monetary: { currency, value },
  type: "monetary" as const,
});
export const currencyOf = (grant: CreditGrant): string => grant.amount.monetary?.currency ?? "";

const amountOf = (one: CreditMovement): number =>
  (one.credit?.amount.monetary?.value ?? 0) - (one.debit?.amount.monetary?.value ?? 0);

/** What is left of a grant, by its movements. */
export function balanceOf(world: World, grant: CreditGrant): number {
  return world.creditMovements.by("credit_grant", grant.id).reduce((sum, one) => sum + amountOf(one), 0);
}

/** Whether a grant can be used at an instant. */
export function isEffective(grant: CreditGrant, at: number): boolean {
  const begun = grant.effective_at === null || grant.effective_at <= at;
  return begun && grant.voided_at === null && (grant.expires_at === null || grant.expires_at > at);
}

/** Writes a movement of a grant down. */
export function move(
  unit: Unit,
  grant: CreditGrant,
  of: Pick<CreditMovement, "credit"> | Pick<CreditMovement, "debit">,
): CreditMovement {
  return create(
    unit,
    unit.world.creditMovements,
    {
      id: newId("cbtxn"),
      object: "billing.credit_balance_transaction",
      created: unit.now,
      credit: null,
      credit_grant: grant.id,
      debit: null,
      effective_at: unit.now,
      livemode: false,
      test_clock: idOf(grant.test_clock),
      type: "credit" in of ? "credit" : "debit",
      ...of,
    },
    "billing.credit_balance_transaction.created",
  );
}

/** What is left of a grant goes: it has expired, or was taken back. */
export function close(unit: Unit, grant: CreditGrant, type: "credits_expired" | "credits_voided"): void {
  const left = balanceOf(unit.world, grant);
  unit.world.due.drop("credit_grant.expire", grant.id);
  if (left > 0) move(unit, grant, { debit: { amount: money(currencyOf(grant), left), credits_applied: null, type } });
}

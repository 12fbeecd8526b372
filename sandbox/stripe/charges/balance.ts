import { newId } from "../../ids.ts";
import type { Unit } from "../unit.ts";
import type { BalanceTransaction } from "../wire.ts";

/** Seconds of a day, and how long it takes until what came in can be paid out. */
export const day = 86_400;
export const untilAvailable = 7 * day;

/** What the provider keeps of a charge in test mode: 2.9 % and 30 of the smallest unit, half a unit rounded up. */
export function chargeFee(amount: number): number {
  return Math.floor((amount * 29 + 500) / 1000) + 30;
}

type Movement = "adjustment" | "charge" | "payout" | "payout_failure" | "refund" | "refund_failure";

/** How the provider's reports name those movements that they name otherwise. */
const reported: Partial<Record<Movement, string>> = { adjustment: "dispute", payout_failure: "payout_reversal" };

/** Books a movement on the account's balance: a charge with its fee, or a refund, which returns no fee; a fee that is told is taken instead. */
export function bookBalance(
  unit: Unit,
  kind: Movement,
  source: { id: string; currency: string; description: string | null },
  amount: number,
  kept?: number,
): BalanceTransaction {
  const fee = kept ?? (kind === "charge" ? chargeFee(amount) : 0);
  return unit.world.balanceTransactions.insert({
    id: newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: kind === "payout" ? unit.now : Math.floor((unit.now + untilAvailable) / day) * day,
    balance_type: "payments",
    created: unit.now,
    currency: source.currency,
    description: source.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: source.currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: amount - fee,
    reporting_category: reported[kind] ?? kind,
    source: source.id,
    status: "pending",
    type: kind,
  });
}

import { drawingFrom, newId } from "../../ids.ts";
import { bookBalance, day, untilAvailable } from "../charges/balance.ts";
import { change, type Unit } from "../unit.ts";
import type { Payout } from "../wire.ts";

/** How long a bank transfer takes. */
const transferSeconds = 2 * day;
/** Up to which day payouts are made, and what is less than nothing of each currency: it is taken off the next one. */
const setting = "payouts";

interface Made {
  until: number;
  owed: Record<string, number>;
}

/**
 * Pays out what has become available: one payout a day and currency, of everything that came and went but payouts themselves, made
 * at midnight (UTC) and with the bank two days later. Payouts say nothing of themselves, so they are made when somebody looks, as
 * they would have been made by then: days on which nobody does cost nothing.
 */
export function bringPayouts(unit: Unit): void {
  const { world, now } = unit;
  const today = Math.floor(now / day) * day;
  const { until, owed } = (world.database.setting(setting) ?? { until: 0, owed: {} }) as Made;
  if (today > until) {
    world.database.unit(() => {
      world.database.flush();
      const left = { ...owed };
      for (const { at, currency, net } of becameAvailable(unit, until, today)) {
        const amount = net + (left[currency] ?? 0);
        left[currency] = Math.min(amount, 0);
        if (amount > 0) payOut({ ...unit, now: at }, currency, amount);
      }
      world.database.setSetting(setting, { until: today, owed: left } satisfies Made);
    });
  }
  const arrived = world.payouts.by("status", "in_transit").filter((one) => one.arrival_date <= now);
  if (arrived.length > 0)
    world.database.unit(() => {
      for (const one of arrived) change(unit, world.payouts, one, { status: "paid" });
    });
}

/** What became available on each day after one and up to another, added up by the file itself. */
function becameAvailable({ world }: Unit, after: number, until: number) {
  return world.database
    .sql(
      `select data ->> 'available_on' as at, data ->> 'currency' as currency, sum(data ->> 'net') as net from objects
       where collection = ? and created >= ? and created < ? and data ->> 'type' <> 'payout' group by 1, 2 order by 1, 2`,
    )
    .all(world.balanceTransactions.name, after + day - untilAvailable, until + day - untilAvailable)
    .map((row) => ({ at: Number(row.at), currency: String(row.currency), net: Number(row.net) }));
}

function payOut(unit: Unit, currency: string, amount: number): void {
  drawingFrom(unit.world.randomness, unit.now, () => {
    const id = newId("po");
    const booked = bookBalance(unit, "payout", { id, currency, description: "STRIPE PAYOUT" }, -amount);
    unit.world.payouts.insert({
      id,
      object: "payout",
      amount,
      application_fee: null,
      application_fee_amount: null,
      arrival_date: unit.now + transferSeconds,
      automatic: true,
      balance_transaction: booked.id,
      created: unit.now,
      currency,
      description: "STRIPE PAYOUT",
      destination: null,
      failure_balance_transaction: null,
      failure_code: null,
      failure_message: null,
      livemode: false,
      metadata: {},
      method: "standard",
      original_payout: null,
      payout_method: null,
      reconciliation_status: "completed",
      reversed_by: null,
      source_type: "card",
      statement_descriptor: null,
      status: "in_transit",
      trace_id: null,
      type: "bank_account",
    });
  });
}

/** Why a bank sends a payout back, in its words. */
export const payoutFailures = {
  account_closed: "The bank account has been closed.",
  could_not_process: "The bank could not process this transfer.",
  invalid_account_number: "The bank account number is not valid.",
  no_account: "The bank account could not be located.",
} as const;
export type PayoutFailure = keyof typeof payoutFailures;
export const payoutFailureCodes = Object.keys(payoutFailures) as [PayoutFailure, ...PayoutFailure[]];

/** The bank sends a payout back, on its way or after it arrived: its money is on the balance again, and goes out with a later one. */
export function failPayout(unit: Unit, payout: Payout, code: PayoutFailure): Payout {
  if (payout.status === "failed") return payout;
  const source = { id: payout.id, currency: payout.currency, description: "STRIPE PAYOUT (FAILED)" };
  const booked = bookBalance(unit, "payout_failure", source, payout.amount);
  return change(unit, unit.world.payouts, payout, {
    failure_balance_transaction: booked.id,
    failure_code: code,
    failure_message: payoutFailures[code],
    status: "failed",
  });
}

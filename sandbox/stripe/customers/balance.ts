import { newId } from "../../ids.ts";
import { change, type Unit } from "../unit.ts";
import type { BalanceEntry, Customer } from "../wire.ts";

/** Moves a customer's balance: a negative amount is a credit, a positive one a debt. Says so once, to whoever listens. */
export function moveBalance(
  unit: Unit,
  customer: Customer,
  entry: Pick<BalanceEntry, "amount" | "currency" | "type"> & Partial<BalanceEntry>,
): BalanceEntry {
  const current = unit.world.customers.get(customer.id) ?? customer;
  const ending = current.balance + entry.amount;
  change(
    unit,
    unit.world.customers,
    current,
    { balance: ending, currency: current.currency ?? entry.currency },
    "customer.updated",
  );
  return unit.world.balanceEntries.insert({
    id: newId("cbtxn"),
    object: "customer_balance_transaction",
    checkout_session: null,
    created: unit.now,
    credit_note: null,
    customer: customer.id,
    customer_account: null,
    description: null,
    ending_balance: ending,
    invoice: null,
    livemode: false,
    metadata: {},
    ...entry,
  });
}

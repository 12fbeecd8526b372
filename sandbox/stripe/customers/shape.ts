import { newId, randomText } from "../../ids.ts";
import type { Unit } from "../unit.ts";
import type { Customer } from "../wire.ts";

/** A customer with nothing but what is given. */
export function newCustomer(unit: Unit, given: Partial<Customer>): Customer {
  return {
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: unit.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
    ...given,
  };
}

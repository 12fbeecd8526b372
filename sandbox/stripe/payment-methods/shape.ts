import { createHash } from "node:crypto";
import { newId } from "../../ids.ts";
import type { CardBehavior } from "../cards/behavior.ts";
import type { Unit } from "../unit.ts";
import type { Address, PaymentMethod } from "../wire.ts";

export const noAddress: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export interface CardEntry {
  behavior: CardBehavior;
  expMonth: number;
  expYear: number;
  email: string | null;
  name: string | null;
  country: string | null;
  postalCode: string | null;
}

/** The test number that everybody enters who just pays: it stands for as many cards as there are people. */
const EVERYBODYS = "4242";

/**
 * The same card has the same fingerprint, as far as brand and last four tell; of the number that everybody enters, whoever's
 * address goes with it.
 */
function fingerprint({ behavior, email }: CardEntry): string {
  const whose = behavior.last4 === EVERYBODYS ? `/${email ?? ""}` : "";
  return createHash("sha256")
    .update(`${behavior.brand}/${behavior.last4}${whose}`)
    .digest("base64url")
    .replace(/[^a-zA-Z0-9]/g, "")
    .slice(0, 16);
}

/** What the bank says of what was entered beside the number. */
function checksOf({ checks }: CardBehavior): NonNullable<PaymentMethod["card"]>["checks"] {
  const [line1, postal, cvc] =
    checks === "cvc_fails"
      ? [null, null, "fail"]
      : checks === "postal_code_fails"
        ? ["pass", "fail", "pass"]
        : checks === "line1_fails"
          ? ["fail", "pass", "pass"]
          : checks === "address_fails"
            ? ["fail", "fail", "pass"]
            : checks === "unchecked"
              ? ["unavailable", "unavailable", "pass"]
              : [null, null, "pass"];
  return { address_line1_check: line1, address_postal_code_check: postal, cvc_check: cvc };
}

/** Saves what a payment method shows of a card, and beside it how that test card behaves. */
export function newCardMethod(
  unit: Unit,
  entry: CardEntry,
  redisplay: PaymentMethod["allow_redisplay"] = "limited",
  prefix: "card" | "pm" = "pm",
): PaymentMethod {
  const { behavior } = entry;
  const id = newId(prefix);
  unit.world.cards.insert({ id, created: unit.now, behavior });
  return unit.world.paymentMethods.insert({
    id,
    object: "payment_method",
    allow_redisplay: redisplay,
    billing_details: {
      address: { ...noAddress, country: entry.country, postal_code: entry.postalCode },
      email: entry.email,
      name: entry.name,
      phone: null,
      tax_id: null,
    },
    card: {
      brand: behavior.brand,
      checks: checksOf(behavior),
      country: behavior.country,
      display_brand: behavior.brand === "amex" ? "american_express" : behavior.brand,
      exp_month: entry.expMonth,
      exp_year: entry.expYear,
      fingerprint: fingerprint(entry),
      funding: behavior.funding,
      generated_from: null,
      last4: behavior.last4,
      networks: { available: [behavior.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: unit.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  });
}

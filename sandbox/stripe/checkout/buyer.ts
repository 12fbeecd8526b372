import { newCustomer } from "../customers/shape.ts";
import { attachTo } from "../payment-methods/attach.ts";
import { noAddress } from "../payment-methods/shape.ts";
import { create, type Unit } from "../unit.ts";
import type { Address, CheckoutSession, Customer, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";
import type { Buyer } from "./details.ts";

export function shippingAddress(buyer: Buyer): { address: Address; name: string } | null {
  const { shipping } = buyer;
  if (!shipping) return null;
  const { city, country, line1, postalCode } = shipping;
  return { address: { city, country, line1, line2: null, postal_code: postalCode, state: null }, name: shipping.name };
}

/** What the session shows of the customer once it is complete. */
export function customerDetails(buyer: Buyer): CheckoutSession["customer_details"] {
  return {
    address: { ...noAddress, country: buyer.country },
    business_name: null,
    email: buyer.email,
    individual_name: null,
    name: buyer.name || null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

/** The session's customer; a new one where the mode needs one or the session asked for one, else none. */
export function customerFor(unit: Unit, session: CheckoutSession, buyer: Buyer): Customer | undefined {
  const known = idOf(session.customer);
  if (known !== null) return unit.world.customers.get(known);
  if (session.mode === "setup") return undefined;
  if (session.mode === "payment" && session.customer_creation !== "always") return undefined;
  const shipping = shippingAddress(buyer);
  return create(
    unit,
    unit.world.customers,
    newCustomer(unit, {
      address: { ...noAddress, country: buyer.country },
      email: buyer.email,
      name: buyer.name || null,
      shipping: shipping && { ...shipping, phone: null },
    }),
    "customer.created",
  );
}

/** Saves the card to the customer, for payments when the customer is not there. */
export function attach(unit: Unit, method: PaymentMethod, customer: Customer): PaymentMethod {
  return attachTo(unit, method, customer);
}

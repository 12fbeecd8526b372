import { hash, required, text } from "../api/params.ts";
import { address, wholeAddress } from "../customers/address.ts";
import type { PaymentIntent } from "../wire.ts";

/** Where something goes, and with whom. */
export const shipping = hash({
  address: required(address),
  carrier: text(),
  name: required(text()),
  phone: text(),
  tracking_number: text(),
});

export function shippingOf(given: ReturnType<typeof shipping.read> | null): PaymentIntent["shipping"] {
  const address = wholeAddress(given?.address ?? {});
  if (!given || !address) return null;
  const { name, carrier = null, phone = null, tracking_number = null } = given;
  return { address, carrier, name, phone, tracking_number };
}

import { clearable, hash, text } from "../api/params.ts";
import type { Address } from "../wire.ts";

const addressShape = {
  city: clearable(text()),
  country: clearable(text(2)),
  line1: clearable(text()),
  line2: clearable(text()),
  postal_code: clearable(text()),
  state: clearable(text()),
};
export const address = hash(addressShape);

export type SentAddress = { [Part in keyof Address]?: string | null | undefined };

/** An address with every part, null where nothing was sent. */
export function wholeAddress(parts: SentAddress | null | undefined): Address | null {
  if (!parts) return null;
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = parts;
  return { city, country, line1, line2, postal_code, state };
}

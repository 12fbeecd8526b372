import { createHmac } from "node:crypto";

/**
 * A bearer token for one thing, derived from a secret of the shop and never stored as it is: it can be minted again
 * whenever a mail that links to the thing is sent. Only its hash is in the database. 256 bits, URL-safe.
 */
export function linkToken(
  secret: string,
  purpose: "order" | "cart" | "invitation" | "organization",
  id: string,
): string {
  return createHmac("sha256", secret).update(`kraftverk:${purpose}:${id}`).digest("base64url");
}

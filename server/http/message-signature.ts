import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

export type SignedMessage = {
  readonly secret: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Real time: a partner signs by the clock on the wall. */
  readonly now: Date;
};

/**
 * Verifies a signature as the Standard Webhooks specification has it: `webhook-signature` holds `v1,<base64>` (several,
 * separated by spaces, while a secret is rotated) over `<webhook-id>.<webhook-timestamp>.<body>`. Answers the message's
 * id; null when there is no valid signature or it is more than five minutes old or ahead.
 */
export function verifySignature({ secret, headers, body, now }: SignedMessage): string | null {
  const id = headers.get("webhook-id") ?? "";
  const timestamp = headers.get("webhook-timestamp") ?? "";
  if (id === "" || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return null;
  const expected = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  const offered = (headers.get("webhook-signature") ?? "").split(" ").filter((part) => part.startsWith("v1,"));
  const valid = offered.some((part) => {
    const signature = Buffer.from(part.slice("v1,".length), "base64");
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  return valid ? id : null;
}

/** `whsec_` secrets are base64; any other is taken as it is written. */
function keyOf(secret: string): Buffer {
  return secret.startsWith("whsec_")
    ? Buffer.from(secret.slice("whsec_".length), "base64")
    : Buffer.from(secret, "utf8");
}

import { createHmac } from "node:crypto";

/** The header that proves a delivery: HMAC-SHA256 over time and body, keyed with the endpoint's whole secret. */
export function signatureHeader(secret: string, seconds: number, body: string | Buffer): string {
  const digest = createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

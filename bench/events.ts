import { createHmac } from "node:crypto";
import { webhookSecret } from "../scripts/test/product.ts";
import { requestBytes } from "./http-line.ts";

let made = 0;

export type SentEvent = { readonly id: string; readonly request: Buffer };

/**
 * Signed deliveries of about 1 kB, each with an id of its own, made before they are needed so that making them is not
 * measured. Signatures hold for five minutes.
 */
export function makeEvents(
  count: number,
  of: { type: string; object: string; objectId(index: number): string },
): SentEvent[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => {
    made += 1;
    const id = `evt_bench_${made}`;
    const object = { id: of.objectId(index), object: of.object, livemode: false, metadata: { note: "x".repeat(700) } };
    const body = JSON.stringify({
      id,
      object: "event",
      api_version: "2026-10-28.endive",
      created: now,
      type: of.type,
      livemode: false,
      pending_webhooks: 1,
      data: { object },
    });
    const signature = createHmac("sha256", webhookSecret).update(`${now}.${body}`).digest("hex");
    const headers = { "Content-Type": "application/json", "Stripe-Signature": `t=${now},v1=${signature}` };
    return { id, request: requestBytes("POST", "/api/webhooks/stripe", headers, body) };
  });
}

import { createHmac } from "node:crypto";

/** The headers of a Standard Webhooks signature, one signature per secret: two while a secret is being rotated. */
export function signMessage(message: {
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  /** Real time. */
  readonly at: Date;
}): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  const signatures = message.secrets.map((secret) => {
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    return `v1,${createHmac("sha256", key).update(`${message.id}.${timestamp}.${message.body}`).digest("base64")}`;
  });
  return {
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}

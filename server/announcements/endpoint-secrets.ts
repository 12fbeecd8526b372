import { randomBytes } from "node:crypto";
import type { SecretBox } from "../kernel/secret-box.ts";

/** A new signing secret as the Standard Webhooks specification writes it; 256 bits. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

const contextOf = (endpointId: string) => `announcement-endpoint:${endpointId}`;

/** Encrypts for one endpoint, under a key derived from SESSION_SECRET: it has to sign again, so a hash would not do. */
export function sealSecret(box: SecretBox, endpointId: string, plain: string): string {
  return box.seal(Buffer.from(plain, "utf8"), contextOf(endpointId));
}

export function openSecret(box: SecretBox, endpointId: string, sealed: string): string {
  return Buffer.from(box.open(sealed, contextOf(endpointId))).toString("utf8");
}

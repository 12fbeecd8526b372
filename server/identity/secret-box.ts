import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Keeps secrets that must be read again (an authenticator's) and marks those that need only be recognized (codes). */
export type SecretBox = {
  /** Encrypts for one owner and purpose: opened under another `context` it does not open at all. */
  seal(plain: Uint8Array, context: string): string;
  /** Throws when the text was changed, or sealed for another context or with another key. */
  open(sealed: string, context: string): Uint8Array;
  /** A keyed hash: without the key, not even a short code can be guessed back from it. */
  mark(text: string, context: string): string;
};

/** Keys are derived from the shop's secret, one per use, so that none of them tells anything about another. */
export function createSecretBox(secret: string): SecretBox {
  const key = (use: string) => Buffer.from(hkdfSync("sha256", secret, "", `kraftverk:${use}`, 32));
  const sealing = key("seal");
  const marking = key("mark");
  return {
    seal(plain, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    },
    mark: (text, context) => createHmac("sha256", marking).update(`${context}\n${text}`).digest("base64url"),
  };
}

import { randomBytes } from "node:crypto";
import { markWith, type SecretBox } from "../kernel/secret-box.ts";

export const RECOVERY_CODES = 10;
/** No letters that are read for one another. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

/** Fifty bits in two groups of five, such as `k7m2p-9xw4d`. */
export function recoveryCode(): string {
  let code = "";
  while (code.length < 10) {
    for (const byte of randomBytes(16)) {
      // 248 is the last whole multiple of 31: every letter is as likely as any other.
      if (byte < 248 && code.length < 10) code += ALPHABET.charAt(byte % 31);
    }
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** A code as it was typed, in its one form; null when it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  return /^[2-9a-z]{10}$/.test(plain) ? `${plain.slice(0, 5)}-${plain.slice(5)}` : null;
}

const keyContext = (userId: string) => `recovery:${userId}`;

/** The key that an account's codes are hashed with, as it is stored beside them. */
export function sealCodeKey(box: SecretBox, userId: string, key: Uint8Array): string {
  return box.seal(key, keyContext(userId));
}

export function openCodeKey(box: SecretBox, userId: string, keySealed: string): Uint8Array {
  return box.open(keySealed, keyContext(userId));
}

/** The hashes that a code may be stored under: its key's; of codes without a key of their own, those of the shop's secrets. */
export function codeHashes(
  box: SecretBox,
  of: { userId: string; code: string },
  sealedKeys: readonly (string | null)[],
): string[] {
  const { userId, code } = of;
  return [...new Set(sealedKeys)].flatMap((keySealed) =>
    keySealed === null ? box.marks(code, userId) : [markWith(openCodeKey(box, userId, keySealed), code, userId)],
  );
}

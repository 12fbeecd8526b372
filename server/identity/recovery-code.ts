import { randomBytes } from "node:crypto";

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

import { normalizeEmail } from "../kernel/email-address.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export type PasswordProblem = "too_short" | "too_long" | "common" | "repetitive" | "contains_email";

/**
 * What speaks against a new password, or null. Length and guessability count; there are no rules about which characters
 * it must have, since they make people write `Password1!`.
 */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const typed = normalizePassword(password);
  if (typed.length < PASSWORD_MIN) return "too_short";
  if (typed.length > PASSWORD_MAX) return "too_long";
  const plain = typed.toLowerCase();
  const [local = ""] = normalizeEmail(email).split("@");
  if (plain === normalizeEmail(email) || (local.length >= 4 && plain.replace(/[\d\W_]+$/, "") === local))
    return "contains_email";
  if (isRepetitive(plain)) return "repetitive";
  if (COMMON_PASSWORDS.has(plain) || COMMON_PASSWORDS.has(plain.replace(/[\d\W_]+$/, ""))) return "common";
  return null;
}

/** One form for a password however the keyboard composes its letters. */
export function normalizePassword(password: string): string {
  return password.normalize("NFKC");
}

/** A short piece over and over (`aaaaaaaaaa`, `abcabcabcabc`) or a run along the alphabet or the digits. */
function isRepetitive(plain: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(plain) && new Set(plain).size <= 4) return true;
  const steps = new Set<number>();
  for (let i = 1; i < plain.length; i++) steps.add((plain.codePointAt(i) ?? 0) - (plain.codePointAt(i - 1) ?? 0));
  return steps.size === 1;
}

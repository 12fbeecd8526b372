import { timingSafeEqual } from "node:crypto";
import { newToken } from "../kernel/id.ts";
import type { SecretBox } from "../kernel/secret-box.ts";

/**
 * What a browser keeps after it has signed in to an account: a random part and the shop's mark on it. It proves nothing
 * but that: guesses from it are counted by themselves, so that strangers who guess at the account cannot use up the count
 * of the one who owns it.
 */
export function newKnownDevice(box: SecretBox, userId: string): string {
  const random = newToken();
  return `${random}.${box.mark(random, `device:${userId}`)}`;
}

/** The device's own name in the counts; null when it has never signed in to this account. */
export function knownDevice(box: SecretBox, userId: string, value: string | null): string | null {
  const [random = "", mark = "", ...rest] = (value ?? "").split(".");
  const given = Buffer.from(mark);
  const known = box.marks(random, `device:${userId}`).some((one) => {
    const expected = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return known && rest.length === 0 ? random : null;
}

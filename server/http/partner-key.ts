import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether an Authorization header carries one of these keys. Every key is compared, by digest and in constant time, so
 * that the time it takes tells nothing about how near a guess was.
 */
export function hasPartnerKey(authorization: string | null, keys: readonly string[]): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? "";
  const digest = digestOf(given);
  let matches = false;
  for (const key of keys) matches = timingSafeEqual(digest, digestOf(key)) || matches;
  return matches && given !== "";
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

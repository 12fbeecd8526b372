import { newToken } from "../kernel/id.ts";

/** What every key begins with; scanners of published code know such words by it. */
const FORM = /^kv_(live|test)_(?:org_)?[\w-]{43}$/;
/** How many letters of the secret are kept readable. */
const SHOWN = 4;

/** A new key: 256 random bits behind the words that say which kind of shop it opens, and whether for an organization. */
export function newKeySecret(shop: { live: boolean; organization?: boolean }): string {
  return `kv_${shop.live ? "live" : "test"}_${shop.organization ? "org_" : ""}${newToken()}`;
}

/** Whether a key says of itself that it acts for an organization; what is found under it decides. */
export function isOrganizationKey(secret: string): boolean {
  return /^kv_(live|test)_org_[\w-]{43}$/.test(secret);
}

/** What may be kept and shown of a key: which kind it is and its first letters. */
export function keyPrefix(secret: string): string {
  const word = isOrganizationKey(secret) ? "kv_live_org_" : "kv_live_";
  return secret.slice(0, word.length + SHOWN);
}

/** The key in an `Authorization: Bearer` header; null where it holds none of ours. */
export function bearerKey(authorization: string | null): string | null {
  const [, token = ""] = /^Bearer[ ]+(\S+)[ ]*$/i.exec(authorization ?? "") ?? [];
  return token.startsWith("kv_") ? token : null;
}

/** Whether it could be a key of this shop at all: what could not is never looked up. */
export function looksLikeKey(secret: string, shop: { live: boolean }): boolean {
  return FORM.exec(secret)?.[1] === (shop.live ? "live" : "test");
}

import { newToken } from "../kernel/id.ts";

/** What every key begins with; scanners of published code know such words by it. */
const FORM = /^kv_(live|test)_[\w-]{43}$/;
/** How many letters of the secret are kept readable. */
const SHOWN = 4;

/** A new key: 256 random bits behind the word that says which kind of shop it opens. */
export function newKeySecret(shop: { live: boolean }): string {
  return `kv_${shop.live ? "live" : "test"}_${newToken()}`;
}

/** What may be kept and shown of a key: which kind it is and its first letters. */
export function keyPrefix(secret: string): string {
  return secret.slice(0, "kv_live_".length + SHOWN);
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

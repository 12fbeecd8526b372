import { hash, randomBytes, randomFillSync } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

let lastMillisecond = 0;
let sequence = 0;

/** Random bytes for ids, fetched many at once: asking for a few each time took longer than all the rest of an id. */
const pool = new Uint8Array(4096);
let used = pool.length;

function randomByte(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++] ?? 0;
}

/**
 * A prefixed id (`ord_…`) that sorts by the time it was made: 48 bits of milliseconds, a 12-bit sequence within the
 * process, 65 bits of randomness, in lower-case Crockford base 32. Uses technical time: an id is no business fact.
 */
export function newId(prefix: string, at: number = Date.now()): string {
  sequence = at === lastMillisecond ? (sequence + 1) & 0xfff : randomByte();
  lastMillisecond = at;
  // 60 bits are more than a number holds exactly: the upper 40 are eight letters, the lower 20 four.
  const head = letters(Math.floor(at / 256), 8) + letters((at % 256) * 4096 + sequence, 4);
  let tail = "";
  for (let i = 0; i < 13; i++) tail += ALPHABET.charAt(randomByte() & 31);
  return `${prefix}_${head}${tail}`;
}

function letters(value: number, count: number): string {
  let text = "";
  for (let rest = value; text.length < count; rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}

/** 128 random bits for one answer, URL-safe: a nonce that its policy and its scripts share. No secret, so it comes from what was fetched for ids. */
export function newNonce(): string {
  return Buffer.from(Uint8Array.from({ length: 16 }, randomByte)).toString("base64url");
}

/** A bearer secret for a link or a cookie: 256 random bits, URL-safe. Only its {@link hashToken} is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. Tokens are random, so a plain SHA-256 cannot be guessed back. */
export function hashToken(token: string): string {
  return hash("sha256", token);
}

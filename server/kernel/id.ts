import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

let lastMillisecond = 0;
let sequence = 0;

/**
 * A prefixed id (`ord_…`) that sorts by the time it was made: 48 bits of milliseconds, a 12-bit sequence within the
 * process, 65 bits of randomness, in lower-case Crockford base 32. Uses technical time: an id is no business fact.
 */
export function newId(prefix: string, at: number = Date.now()): string {
  sequence = at === lastMillisecond ? (sequence + 1) & 0xfff : randomBytes(1).readUInt8() & 0xff;
  lastMillisecond = at;
  let value = (BigInt(at) << 12n) | BigInt(sequence);
  let head = "";
  for (let i = 0; i < 12; i++) {
    head = ALPHABET.charAt(Number(value & 31n)) + head;
    value >>= 5n;
  }
  let tail = "";
  for (const byte of randomBytes(13)) tail += ALPHABET.charAt(byte & 31);
  return `${prefix}_${head}${tail}`;
}

/** A bearer secret for a link or a cookie: 256 random bits, URL-safe. Only its {@link hashToken} is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. Tokens are random, so a plain SHA-256 cannot be guessed back. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

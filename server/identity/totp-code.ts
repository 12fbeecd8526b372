import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;

function generator(secret: Uint8Array, label = "", issuer = ""): TOTP {
  const bytes = new Uint8Array(secret);
  return new TOTP({ issuer, label, secret: new Secret({ buffer: bytes.buffer }), digits: 6, period: PERIOD_SECONDS });
}

/** The half-minute (counted from 1970) whose code this is: the present one or a neighbor; null for any other. */
export function stepOfCode(secret: Uint8Array, code: string, at: Date): number | null {
  const typed = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(typed)) return null;
  const delta = generator(secret).validate({ token: typed, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

/** What an authenticator app is told: as an address for a QR code, and as letters to type. */
export function totpEnrollment(
  secret: Uint8Array,
  of: { account: string; issuer: string },
): { uri: string; letters: string } {
  const uri = generator(secret, of.account, of.issuer).toString();
  const letters = new Secret({ buffer: new Uint8Array(secret).buffer }).base32;
  return { uri, letters: letters.replaceAll(/(.{4})(?=.)/g, "$1 ") };
}

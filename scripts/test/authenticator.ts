import { Secret, TOTP } from "otpauth";

/** An authenticator app that was told these letters: the code it shows at a time. */
export function codeAt(letters: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(letters.replaceAll(" ", "")) }).generate({ timestamp: at.getTime() });
}

import { describe, expect, test } from "vitest";
import { stepOfCode, totpEnrollment } from "./totp-code.ts";

// RFC 6238, appendix B, SHA-1: the last six digits.
const secret = new TextEncoder().encode("12345678901234567890");
const at = (seconds: number) => new Date(seconds * 1000);

describe("a code of an authenticator app", () => {
  test.each([
    [59, "287082", 1],
    [1111111109, "081804", 37037036],
    [2000000000, "279037", 66666666],
  ])("at %d is the standard's", (seconds, code, step) => {
    expect(stepOfCode(secret, code, at(seconds))).toBe(step);
  });

  test("counts half a minute early or late, not more", () => {
    expect(stepOfCode(secret, "287 082", at(89))).toBe(1);
    expect(stepOfCode(secret, "287082", at(29))).toBe(1);
    expect(stepOfCode(secret, "287082", at(90))).toBeNull();
  });

  test.each(["", "28708", "2870822", "abcdef", "287082; --", "２８７０８２"])("%j is none", (text) => {
    expect(stepOfCode(secret, text, at(59))).toBeNull();
  });

  test("is set up by an address or by letters", () => {
    const { uri, letters } = totpEnrollment(secret, { account: "anna@example.com", issuer: "Kraftverk" });
    expect(uri).toContain("otpauth://totp/Kraftverk:anna%40example.com?");
    expect(uri).toContain("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(letters).toBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
  });
});

import { StripeFault } from "./errors.ts";

function unauthenticated(message: string): StripeFault {
  return new StripeFault(401, { type: "invalid_request_error", message });
}

function mask(key: string): string {
  return key.length <= 12
    ? "*".repeat(key.length)
    : `${key.slice(0, 8)}${"*".repeat(Math.min(key.length - 12, 32))}${key.slice(-4)}`;
}

function keyIn(header: string): string {
  const [scheme, value = ""] = header.split(" ");
  if (scheme?.toLowerCase() !== "basic") return value.trim();
  return Buffer.from(value, "base64").toString("utf8").split(":")[0] ?? "";
}

/** Any test key opens the sandbox; a live key never does, so real money cannot be meant by mistake. */
export function authenticate(header: string | undefined): void {
  const key = header === undefined ? "" : keyIn(header);
  if (key === "") {
    throw unauthenticated(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  if (!/^[sr]k_test_[A-Za-z0-9_]{1,250}$/.test(key)) throw unauthenticated(`Invalid API Key provided: ${mask(key)}`);
}

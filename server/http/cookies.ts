/** Reads a Cookie header; the first of two cookies with one name wins, as browsers send the more specific one first. */
export function parseCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at < 1 || name === "") continue;
    if (!cookies.has(name)) cookies.set(name, safeDecode(part.slice(at + 1).trim()));
  }
  return cookies;
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export type CookieOptions = {
  readonly maxAgeSeconds?: number;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
};

/** A Set-Cookie line for the whole site: Path=/, SameSite=Lax, HttpOnly unless said otherwise. */
export function serializeCookie(name: string, value: string, options: CookieOptions = {}): string {
  return [
    `${name}=${encodeURIComponent(value)}`,
    "Path=/",
    "SameSite=Lax",
    ...(options.httpOnly === false ? [] : ["HttpOnly"]),
    ...(options.secure ? ["Secure"] : []),
    ...(options.maxAgeSeconds === undefined ? [] : [`Max-Age=${Math.max(0, Math.floor(options.maxAgeSeconds))}`]),
  ].join("; ");
}

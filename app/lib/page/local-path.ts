/** A path on this site, or null: where a form or link may lead back to, never to another host. */
export function localPath(value: unknown): string | null {
  if (typeof value !== "string" || !value.startsWith("/") || /^\/[/\\]/.test(value) || /[\r\n\t\0]/.test(value))
    return null;
  const base = "http://local.invalid";
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    return null;
  }
  // `/.//host` is written out as `//host`, which is another site.
  return url.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : null;
}

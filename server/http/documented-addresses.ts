/** Where a header may say who calls, and where every refusal is `{success: false, error}`, whoever refuses. */
export function isDocumented(path: string): boolean {
  return /^\/api\/(billing\/|entitlements$)/.test(path);
}

/** What the edge says in place of an address that it does not let anybody come to. */
export function refusalBody(path: string, error: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return isDocumented(path) ? { success: false, error, ...more } : { error, ...more };
}

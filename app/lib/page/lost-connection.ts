/** What browsers throw of a request that never reached us, or whose answer never came back: it is nobody's fault here. */
export function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}

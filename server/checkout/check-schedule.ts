const MINUTE = 60_000;

type Watched = { readonly status: string; readonly createdAt: Date; readonly expiresAt: Date };

/**
 * When a page is looked at next although nobody told us anything (a lost webhook, a closed tab): after 2 minutes, then at
 * twice its age, and once it has expired. A call whose outcome is unknown is repeated after a minute. Null: nothing more
 * can happen here (a completed purchase whose payment takes days has a date of its own).
 */
export function nextCheckAt(page: Watched, now: Date): Date | null {
  if (page.status === "created" || page.status === "unknown") return new Date(now.getTime() + MINUTE);
  if (page.status !== "open") return null;
  const expired = page.expiresAt.getTime() + MINUTE;
  if (now.getTime() >= expired) return new Date(now.getTime() + 5 * MINUTE);
  const age = now.getTime() - page.createdAt.getTime();
  return new Date(Math.min(expired, now.getTime() + Math.max(2 * MINUTE, age)));
}

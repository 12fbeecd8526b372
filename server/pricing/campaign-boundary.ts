type Dates = { readonly startAt: Date | null; readonly endAt: Date | null };

/** The instants at which a campaign's prices begin and cease to hold. Its end is its last instant, so they cease right after. */
export function boundaries({ startAt, endAt }: Dates): Date[] {
  return [startAt, endAt && new Date(endAt.getTime() + 1)].filter((at) => at !== null);
}

/** The first of them after `now`; null when none is to come, or the campaign is not active. */
export function nextBoundary(campaign: Dates & { readonly status: string }, now: Date): Date | null {
  if (campaign.status !== "active") return null;
  return boundaries(campaign).find((at) => at > now) ?? null;
}

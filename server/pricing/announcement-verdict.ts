import type { Announcement } from "./announcement.ts";
import type { CampaignStatus } from "./campaign-status.ts";

/** What is known of a campaign when an announcement arrives. */
export type KnownCampaign = {
  readonly status: CampaignStatus;
  /** Of the last applied created, updated or deleted that had one. */
  readonly version: number | null;
  readonly occurredAt: Date | null;
};

/**
 * `late`: an older price than the one known for its product. It is answered as stale, yet kept: it may be of another
 * currency, and what Stripe says decides which of the two holds.
 */
export type Verdict = "apply" | "stale" | "late";

/**
 * Whether an announcement is news. Those with versions may arrive in any order and lead to the same campaign: `created`,
 * `updated` and `deleted` replace everything that is older than they are, `price.updated` adds one price. Without a
 * version the order of arrival counts. After `deleted` only a `created` makes the campaign anew.
 *
 * @param highestPriceVersion of the prices that `price.updated` has added for the same product
 */
export function judgeAnnouncement(
  known: KnownCampaign | null,
  announcement: Announcement,
  highestPriceVersion: number | null,
): Verdict {
  if (known === null) return "apply";
  const version = announcement.version ?? null;
  const deleted = known.status === "deleted";
  if (announcement.action === "price.updated") {
    // One change of a campaign may be told twice under one version: as the campaign, and as its price.
    if (deleted || (version !== null && known.version !== null && version < known.version)) return "stale";
    return version !== null && highestPriceVersion !== null && version <= highestPriceVersion ? "late" : "apply";
  }
  if (version !== null && known.version !== null && version <= known.version) return "stale";
  if (!deleted) return "apply";
  if (announcement.action === "updated") return "stale";
  const older = version === null && isBefore(announcement.occurredAt ?? null, known.occurredAt);
  return older ? "stale" : "apply";
}

function isBefore(one: Date | null, other: Date | null): boolean {
  return one !== null && other !== null && one < other;
}

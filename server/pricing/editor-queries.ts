import { inArray } from "drizzle-orm";
import type { StoredContent } from "../../drizzle/schema/campaign-editing.ts";
import { users } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { EMPTY_CONTENT } from "./campaign-content.ts";
import { campaignDiff } from "./campaign-diff.ts";
import { draftProblems } from "./draft-problems.ts";
import { findDraft, listVersions, ownCampaign, readDraftFacts } from "./draft-rows.ts";
import { previewDraft } from "./preview-draft.ts";
import { laterOf } from "./price-history.ts";
import { sellableProducts } from "./sellable-products.ts";

/**
 * A campaign of ours as its editor sees it: what is written now, what is wrong with it, what visitors would pay for it
 * from its start on, what publishing it would change, and every version before. Throws `pricing.campaign_not_found`,
 * `pricing.campaign_of_partner`.
 */
export async function getCampaignEditor(tx: Tx, id: string) {
  const campaign = await ownCampaign(tx, id);
  const draft = await findDraft(tx, id);
  const versions = await listVersions(tx, id);
  const published = versions[0]?.content ?? null;
  const content: StoredContent = draft?.content ?? published ?? EMPTY_CONTENT;
  const facts = await readDraftFacts(tx, id, content);
  const previewAt = laterOf(tx.scope.now, new Date(content.startAt ?? tx.scope.now));
  const names = await namesOf(tx, [draft?.savedBy, ...versions.map((version) => version.actor)]);
  return {
    id,
    name: campaign.name,
    status: campaign.status,
    revision: draft?.revision ?? 0,
    draft: draft === null ? null : { savedAt: draft.savedAt, savedBy: names.get(draft.savedBy) ?? draft.savedBy },
    content,
    problems: draftProblems(content, facts),
    previewAt,
    preview: await previewDraft(tx, content, facts, previewAt),
    changes: draft === null || published === null ? [] : campaignDiff(published, content),
    versions: versions.map(({ version, kind, reason, actor, at, content: stood }, index) => ({
      ...{ version, kind, reason, at },
      actor: names.get(actor) ?? actor,
      changes: campaignDiff(versions[index + 1]?.content ?? EMPTY_CONTENT, stood),
    })),
    catalog: await sellableProducts(tx),
  };
}

/** Members of staff by the names their acts carry. */
async function namesOf(tx: Tx, actors: readonly (string | undefined)[]): Promise<Map<string, string>> {
  const ids = actors.flatMap((actor) => (actor?.startsWith("staff:") ? [actor.slice("staff:".length)] : []));
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [`staff:${row.id}`, row.name ?? row.email]));
}

import { eq } from "drizzle-orm";
import type { z } from "zod";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { MANAGERS, requireRole } from "../organizations/index.ts";
import type { makeOrganizationKeyInput } from "./input.ts";
import { keyPrefix, newKeySecret } from "./key-secret.ts";
import { DAY_MS, type MadeKey, RATE_LIMIT, requireRoom } from "./make-key.ts";

/**
 * Makes an API key that acts for an organization and outlives whoever made it, within its scopes and rate limit; it buys and
 * spends nothing. Owners and admins may, while the organization has `hasAPI` (the procedure and the database see to it). Only
 * its hash is stored. Recorded. One at a time for each organization, so that the limit is exact. Throws
 * `organizations.not_found`, `organizations.role_missing`, `api_keys.too_many`.
 */
export async function makeOrganizationKey(
  ctx: Ctx,
  wish: z.output<typeof makeOrganizationKeyInput> & { readonly session: Session; readonly live: boolean },
): Promise<MadeKey> {
  const { organizationId, session } = wish;
  const id = newId("key");
  const secret = newKeySecret({ live: wish.live, organization: true });
  const at = ctx.technical.now();
  await ctx.db.transaction(async (tx) => {
    await requireRole(tx, { organizationId, roles: MANAGERS });
    await requireRoom(tx, { holder: organizationId, of: eq(apiKeys.organizationId, organizationId), at });
    await tx.insert(apiKeys).values({
      ...{ id, userId: session.userId, customerId: null, organizationId, name: wish.name, createdAt: at },
      ...{ prefix: keyPrefix(secret), tokenHash: hashToken(secret), scopes: [...new Set(wish.scopes)] },
      rateLimit: wish.rateLimit ?? RATE_LIMIT,
      expiresAt: wish.days === undefined ? null : new Date(at.getTime() + wish.days * DAY_MS),
    });
    await recordAct(tx, { action: "organizations.make_key", subject: organizationId, reason: id });
  });
  return { id, secret, prefix: keyPrefix(secret) };
}

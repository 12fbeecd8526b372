import { eq } from "drizzle-orm";
import type { z } from "zod";
import { organizationBrands } from "../../drizzle/schema/organizations.ts";
import { keepPicture, readPicture } from "../catalog/index.ts";
import type { RateLimits, Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { organizationErrors } from "./errors.ts";
import type { brandInput } from "./input.ts";
import { readableInk } from "./readable-ink.ts";
import { MANAGERS, requireRole } from "./standing.ts";

/**
 * What an organization calls itself and looks like on its own pages and mails: name, color, logo (a PNG, JPEG or WebP; left
 * out, the one there stays). Owners and admins may, while the organization has `hasWhiteLabel` (the procedure and the database
 * see to it). A logo that nothing names any more is removed some weeks later (`server/retention`). Recorded; 30 times an hour
 * for a person. Throws `identity.too_many_attempts`, `organizations.color_unreadable`, `catalog.not_a_picture`, `organizations.not_found`,
 * `organizations.role_missing`.
 */
export async function setBrand(
  ctx: Ctx<{ readonly rateLimits: RateLimits }>,
  wish: z.output<typeof brandInput> & { readonly session: Session },
): Promise<void> {
  const { organizationId, name, color, logo, withoutLogo } = wish;
  await ctx.providers.rateLimits.consume("brand_account", wish.session.userId);
  requireReadable(color);
  const picture = logo === undefined ? null : readPicture(logo);
  await ctx.db.transaction(async (tx) => {
    await requireRole(tx, { organizationId, roles: MANAGERS });
    if (picture) await keepPicture(tx, picture);
    const look = { name, color, updatedBy: wish.session.userId, updatedAt: tx.scope.now };
    const [there] = await tx
      .select({ logoFileId: organizationBrands.logoFileId })
      .from(organizationBrands)
      .where(eq(organizationBrands.organizationId, organizationId));
    const logoFileId = picture?.id ?? (withoutLogo ? null : (there?.logoFileId ?? null));
    await tx
      .insert(organizationBrands)
      .values({ organizationId, ...look, logoFileId })
      .onConflictDoUpdate({ target: organizationBrands.organizationId, set: { ...look, logoFileId } });
    await recordAct(tx, { action: "organizations.set_brand", subject: organizationId, reason: `${name} ${color}` });
  });
}

/** Black or white, whichever can be read on a color. Throws `organizations.color_unreadable`. */
export function requireReadable(color: string): string {
  const ink = readableInk(color);
  if (!ink) throw organizationErrors.colorUnreadable({ field: "color" });
  return ink;
}

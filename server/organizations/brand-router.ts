import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { readBrand } from "./brand.ts";
import { brandInput, brandPreviewInput, organizationInput } from "./input.ts";
import { requireReadable, setBrand } from "./set-brand.ts";
import { EVERYBODY, MANAGERS, requireRole } from "./standing.ts";

/** How an organization's own pages and mails look. */
export const brandRouter = router({
  /** Null: as everybody's, since nothing was chosen or the plan does not have it now. */
  get: access("customer")
    .input(organizationInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => {
          await requireRole(tx, { ...input, roles: EVERYBODY });
          return readBrand(tx, input.organizationId);
        },
        { readOnly: true },
      ),
    ),
  /** What these would look like; keeps nothing. The logo is the one there is. */
  preview: access("customer", { entitlement: "hasWhiteLabel" })
    .input(brandPreviewInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        async (tx) => {
          await requireRole(tx, { organizationId: input.organizationId, roles: MANAGERS });
          const ink = requireReadable(input.color);
          const present = await readBrand(tx, input.organizationId);
          return { name: input.name, color: input.color, ink, logoFileId: present?.logoFileId ?? null };
        },
        { readOnly: true },
      ),
    ),
  set: access("customer", { entitlement: "hasWhiteLabel" })
    .input(brandInput)
    .mutation(({ ctx, input }) => setBrand(ctx, { ...input, session: own(ctx.session) })),
});

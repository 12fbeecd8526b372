import type { z } from "zod";
import { own } from "../identity/index.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { beginExport } from "./begin-export.ts";
import { entitlementErrors } from "./errors.ts";
import { explainEntitlements } from "./explain-entitlements.ts";
import { exportPage } from "./export-page.ts";
import {
  beginExportInput,
  endOverrideInput,
  entitlementsInput,
  exportPageInput,
  organizationPageInput,
  ownPageInput,
  setOverrideInput,
} from "./input.ts";
import { listPlans } from "./list-plans.ts";
import { previewOverride } from "./preview-override.ts";
import {
  entitlementsForStaff,
  hadPlanTrial,
  listOverrides,
  listOwnPlans,
  listPlanChanges,
  planHeldBy,
  planSubscription,
} from "./queries.ts";
import { documentedFlags, lookAtOrganization } from "./read-entitlements.ts";
import { endOverride, type Override, setOverride } from "./set-override.ts";
import { signEntitlements } from "./sign-entitlements.ts";

const DAY_MS = 86_400_000;
const EXCEPTING = { staff: ["owner", "support"] } as const;

/** The end of an exception that is to hold for some days from its beginning. */
function withEnd({ days, ...wish }: z.infer<typeof setOverrideInput>, now: Date): Override {
  if (days === undefined) return wish;
  return { ...wish, endsAt: new Date((wish.startsAt ?? now).getTime() + days * DAY_MS) };
}

/** Each form in which an organization's data can be taken along is a feature of its own. */
const EXPORTING = {
  by: "format",
  features: { json: "canExportJSON", pdf: "canExportPDF", zip: "canExportBundleZip" },
} as const;

/** Everything there is of an organization, to take along: what it is, then part by part, page by page. */
const exports = router({
  begin: access("customer", { entitlement: EXPORTING })
    .input(beginExportInput)
    .mutation(({ ctx, input }) => beginExport(ctx, input)),
  page: access("customer", { entitlement: EXPORTING })
    .input(exportPageInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => exportPage(tx, input.part, input), { readOnly: true })),
});

/** Staff: why an organization may do what, and exceptions. */
const office = router({
  get: access(STAFF)
    .input(entitlementsInput)
    .query(async ({ ctx, input }) => {
      const found = await ctx.db.transaction((tx) => entitlementsForStaff(tx, input.organizationId), {
        readOnly: true,
      });
      if (!found) throw entitlementErrors.noOrganization(input);
      return found;
    }),
  overrides: access(STAFF)
    .input(organizationPageInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listOverrides(tx, input), { readOnly: true })),
  changes: access(STAFF)
    .input(organizationPageInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listPlanChanges(tx, input), { readOnly: true })),
  setOverride: access(EXCEPTING)
    .input(setOverrideInput)
    .mutation(({ ctx, input }) => setOverride(ctx, withEnd(input, ctx.now()))),
  previewOverride: access(EXCEPTING)
    .input(setOverrideInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => previewOverride(tx, withEnd(input, ctx.now())), { readOnly: true }),
    ),
  endOverride: access(EXCEPTING)
    .input(endOverrideInput)
    .mutation(({ ctx, input }) => endOverride(ctx, input)),
});

export const entitlementsRouter = router({
  /** What an organization may do now: the eight flags, everything, and by which plan. */
  get: access("customer", { scope: "entitlements.read" })
    .input(entitlementsInput)
    .query(async ({ ctx, input }) => {
      const held = await lookAtOrganization(ctx, input.organizationId);
      const { plan, role, entitlements } = held;
      return { flags: documentedFlags(held), entitlements, plan: plan?.code ?? null, role };
    }),
  /** The same signed, for programs that check it by themselves for five minutes at most. */
  token: access("customer", { scope: "entitlements.read" })
    .input(entitlementsInput)
    .query(({ ctx, input }) => signEntitlements(ctx, input)),
  /** The same with the reasons, and what it is paid with, for the organization's plan page. */
  explain: access("customer")
    .input(entitlementsInput)
    .query(async ({ ctx, input: { organizationId } }) => {
      const { role } = await lookAtOrganization(ctx, organizationId);
      return ctx.db.transaction(
        async (tx) => ({
          role,
          plan: await planHeldBy(tx, organizationId),
          subscription: await planSubscription(tx, organizationId),
          trialUsed: await hadPlanTrial(tx, organizationId),
          features: await explainEntitlements(tx, organizationId, { forStaff: false }),
        }),
        { readOnly: true },
      );
    }),
  exports,
  mine: access("customer")
    .input(ownPageInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => listOwnPlans(tx, { ...input, userId: own(ctx.session).userId }), { readOnly: true }),
    ),
  plans: access("public").query(({ ctx }) => ctx.db.transaction(listPlans, { readOnly: true })),
  office,
});

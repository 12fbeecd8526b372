import { own } from "../identity/index.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { entitlementErrors } from "./errors.ts";
import { explainEntitlements } from "./explain-entitlements.ts";
import { exportOrganization } from "./export-organization.ts";
import { endOverrideInput, entitlementsInput, setOverrideInput } from "./input.ts";
import { listPlans } from "./list-plans.ts";
import { entitlementsForStaff, listOwnPlans, planHeldBy, planSubscription } from "./queries.ts";
import { documentedFlags, lookAtOrganization } from "./read-entitlements.ts";
import { endOverride, setOverride } from "./set-override.ts";

const DAY_MS = 86_400_000;
const EXCEPTING = { staff: ["owner", "support"] } as const;

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
  setOverride: access(EXCEPTING)
    .input(setOverrideInput)
    .mutation(({ ctx, input: { days, ...wish } }) => {
      const endsAt = days === undefined ? wish.endsAt : new Date(ctx.now().getTime() + days * DAY_MS);
      return setOverride(ctx, { ...wish, endsAt });
    }),
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
          features: await explainEntitlements(tx, organizationId, { forStaff: false }),
        }),
        { readOnly: true },
      );
    }),
  /** Everything there is of an organization, to take along. */
  export: access("customer", { entitlement: "canExportJSON" })
    .input(entitlementsInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => exportOrganization(tx, input.organizationId), { readOnly: true }),
    ),
  mine: access("customer").query(({ ctx }) =>
    ctx.db.transaction((tx) => listOwnPlans(tx, own(ctx.session).userId), { readOnly: true }),
  ),
  plans: access("public").query(({ ctx }) => ctx.db.transaction(listPlans, { readOnly: true })),
  office,
});

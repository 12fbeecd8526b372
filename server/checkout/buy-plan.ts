import { listOffers } from "../catalog/index.ts";
import { findPlanOnSale } from "../entitlements/index.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { checkoutErrors } from "./errors.ts";
import type { PagePorts } from "./open-page.ts";
import { openPortal, type PortalPorts } from "./open-portal.ts";
import { requirePayer } from "./require-payer.ts";
import { findRunningPlan } from "./runs-plan.ts";
import {
  type DirectSource,
  type PlanPointer,
  type StartRequest,
  type StartResult,
  startCheckout,
} from "./start-checkout.ts";

export type PlanWish = Pick<StartRequest, "cartToken" | "locale" | "email"> & {
  readonly organizationId: string;
  readonly planCode: string;
  readonly interval: "month" | "year";
  /** How many seats it is to have in all, where that is more than the plan holds. */
  readonly seats?: number | undefined;
  readonly startConsent?: boolean | undefined;
};

export type PlanResult =
  | StartResult
  /** The organization has a plan already: it is changed there. */
  | { readonly outcome: "already_subscribed"; readonly portalUrl: string };

/** Plans are sold in dollars. */
const CURRENCY = "USD";

/**
 * Opens the payment page on which an organization buys a plan: the shop's own purchase (`startCheckout`), with all that it
 * promises. The price is that of the version on sale, which the subscription then keeps. An organization has one page that can
 * be paid on, whoever of it asks and for which plan. Throws what {@link requirePayer} does, `checkout.unknown_plan`,
 * `checkout.pilot_is_free`, `checkout.unknown_interval`, `checkout.seats_not_sold`, `checkout.seats_need_company`; answers `already_subscribed` where a plan is paid for.
 */
export async function buyPlan(ctx: Ctx<PagePorts & PortalPorts>, wish: PlanWish): Promise<PlanResult> {
  const { organizationId, locale, cartToken, email } = wish;
  if (wish.planCode === "pilot") throw checkoutErrors.pilotIsFree({ field: "planCode" });
  const found = await ctx.db.transaction((tx) => sourceOf(tx, wish), { readOnly: true });
  await requirePayer(ctx, organizationId);
  if (customerOf(ctx.actor) === null) throw checkoutErrors.notPayer({ organizationId });
  const present = async (): Promise<PlanResult> => {
    const { url } = await openPortal(ctx, { organizationId, locale });
    return { outcome: "already_subscribed", portalUrl: url };
  };
  if (await ctx.db.transaction((tx) => findRunningPlan(tx, organizationId), { readOnly: true })) return present();
  return startCheckout(ctx, {
    ...{ source: found.source, plan: found.plan, currency: CURRENCY, cartToken, locale, email },
    ...{ startConsent: wish.startConsent ?? false, acceptChangedPrices: true, shownAmount: null, shownTerms: null },
  }).catch((error: unknown) => {
    // Paid for by somebody else since it was asked above.
    if (error instanceof DomainError && error.code === checkoutErrors.alreadySubscribed().code) return present();
    throw error;
  });
}

async function sourceOf(tx: Tx, wish: PlanWish): Promise<{ source: DirectSource; plan: PlanPointer }> {
  const plan = await findPlanOnSale(tx, wish.planCode);
  if (!plan) throw checkoutErrors.unknownPlan({ field: "planCode" });
  const offers = await listOffers(tx, { productIds: [plan.productId], currency: CURRENCY });
  const offer = offers.find(({ price }) => price.interval === wish.interval);
  if (!offer) throw checkoutErrors.unknownInterval({ field: "interval" });
  return {
    source: { productId: plan.productId, variantId: offer.variant.id },
    plan: { organizationId: wish.organizationId, planVersionId: plan.planVersionId, seats: wish.seats ?? null },
  };
}

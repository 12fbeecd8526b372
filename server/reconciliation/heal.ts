import { convergeSubscription } from "../billing/index.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { applyPlan } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { convergePayout } from "../payments/index.ts";
import type { Providers } from "../ports.ts";
import { followInvoice, followPayment } from "../webhooks/index.ts";
import type { ObjectKind, OpenObject } from "./open-objects.ts";

const silently = async () => {};

type Healer = { readonly useCase: string; heal(ctx: Ctx<Providers>, object: OpenObject): Promise<void> };

/** Which use case brings which kind of object to what the provider holds: the same that a webhook would have called. */
export const HEALERS: Readonly<Record<ObjectKind, Healer>> = {
  subscription: {
    useCase: "convergeSubscription",
    heal: (ctx, { object }) => convergeSubscription(ctx, { stripeSubscriptionId: object }),
  },
  invoice: { useCase: "convergeInvoice", heal: (ctx, { object }) => followInvoice(ctx, { id: object }, silently) },
  payment: {
    useCase: "convergeCheckout or convergeInvoice",
    heal: (ctx, { object }) => followPayment(ctx, object, silently),
  },
  checkout: {
    useCase: "convergeCheckout",
    heal: (ctx, { object }) => convergeCheckout(ctx, { stripeSessionId: object }),
  },
  payout: { useCase: "convergePayout", heal: (ctx, { object }) => convergePayout(ctx, { externalId: object }) },
  organization: {
    useCase: "applyPlan",
    heal: (ctx, { subject }) => applyPlan(ctx, { subscriptionId: subject, cause: "reconciliation" }),
  },
};

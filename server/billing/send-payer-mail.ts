import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { auditEntries } from "../../drizzle/schema/identity.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, SECRET_LINK } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { nextAmount } from "../subscriptions/index.ts";
import { lastCard } from "./life-queries.ts";
import { findPayer } from "./payer.ts";

/**
 * Sends the mail to whoever pays for a company from now on: what renews, when, to which card as long as that is not changed,
 * and the link that changes it. Once per handing over; nothing where the company has nothing that renews. Idempotent.
 */
export async function sendPayerMail(
  ctx: Ctx<MailPorts>,
  { organizationId }: { organizationId: string },
): Promise<void> {
  const facts = await ctx.db.transaction((tx) => payerFacts(tx, organizationId), { readOnly: true });
  if (!facts?.payer) return;
  const { subscription, product, organization, payer, card, next, act } = facts;
  const brand = await ctx.db.transaction((tx) => readBrand(tx, subscription.organizationId), { readOnly: true });
  const told = {
    what: "payer" as const,
    productName: product.name[payer.locale],
    organization: organization.name ?? "",
    sum: { amount: next, currency: subscription.currency },
    nextPaymentAt: subscription.cancelAt ? null : subscription.currentPeriodEndAt,
    card,
    url: SECRET_LINK,
  };
  const mail = await ctx.providers.templates.render("payment-notice", payer.locale, told, brand);
  await mailAtOnce(ctx, {
    ...{
      mail,
      dedupeKey: `payer-changed:${organizationId}:${payer.customer.id}:${act ?? ""}`,
      to: payer.customer.email,
    },
    ...{ customerId: payer.customer.id, userId: payer.customer.userId },
    ...{ link: { purpose: "change_card", subscriptionId: subscription.id }, cause: "payment was handed over" },
  });
}

async function payerFacts(tx: Tx, organizationId: string) {
  const [row] = await tx
    .select({ subscription: subscriptions, product: products, organization: organizations, next: nextAmount })
    .from(subscriptions)
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(organizations, eq(organizations.id, subscriptions.organizationId))
    .where(
      and(
        eq(subscriptions.organizationId, organizationId),
        isNull(subscriptions.endedAt),
        ne(subscriptions.status, "incomplete"),
      ),
    )
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
    .limit(1);
  if (!row) return null;
  const [act] = await tx
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(and(eq(auditEntries.subject, organizationId), eq(auditEntries.action, "organizations.hand_over_payment")))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  const { id } = row.subscription;
  return { ...row, act: act?.id ?? null, card: await lastCard(tx, id), payer: await findPayer(tx, id) };
}

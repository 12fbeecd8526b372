import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { type MailPorts, mailAtOnce, type QueuedEmail, SECRET_LINK } from "../messaging/index.ts";
import { findStatement } from "./find-statement.ts";
import { statementStanding } from "./settle-statements.ts";

/**
 * Mails the acknowledgement of a statement on a durable medium: what was said, on which day and at what time, and what follows. Where
 * it is about an order, to the address of that order, with the link that shows it and carries the statement out; else to the address that
 * was typed. Once for each of the two. Nothing where too many mails went to the address, until staff have found the
 * order. Idempotent. Worker only. Throws `withdrawals.no_statement`.
 */
export async function sendStatementReceived(ctx: Ctx<MailPorts>, { statementId }: { statementId: string }) {
  const { statement, order, standing, locale } = await ctx.db.transaction((tx) => statementFacts(tx, statementId), {
    readOnly: true,
  });
  if (!statement.mayMail) return;
  const follows = standing === "open" ? ("confirm" as const) : (standing ?? ("not_found" as const));
  const mail = await ctx.providers.templates.render("withdrawal-stated", locale, {
    number: order?.number ?? statement.orderNumber,
    name: statement.name,
    email: statement.email,
    receivedAt: statement.receivedAt,
    follows,
    withdrawUrl: order ? SECRET_LINK : null,
  });
  const link: QueuedEmail["link"] = order && {
    purpose: standing === "open" ? "withdraw" : "view_order",
    checkoutId: order.checkoutId,
  };
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `withdrawal-stated:${statementId}:${order ? "order" : "typed"}`,
    to: order?.email ?? statement.email,
    customerId: order?.customerId ?? null,
    userId: null,
    link,
    cause: "it was said that a purchase is taken back",
  });
}

/**
 * Mails why staff closed a statement without a withdrawal. One that came too late was told so in its acknowledgement. Once. Idempotent.
 * Worker only. Throws `withdrawals.no_statement`.
 */
export async function sendStatementDismissed(ctx: Ctx<MailPorts>, { statementId }: { statementId: string }) {
  const { statement, order, locale } = await ctx.db.transaction((tx) => statementFacts(tx, statementId), {
    readOnly: true,
  });
  const { dismissal: reason } = statement;
  if (statement.status !== "dismissed" || reason === null || reason === "too_late") return;
  const number = order?.number ?? statement.orderNumber;
  await mailAtOnce(ctx, {
    mail: await ctx.providers.templates.render("withdrawal-dismissed", locale, { number, reason }),
    dedupeKey: `withdrawal-dismissed:${statementId}`,
    to: order?.email ?? statement.email,
    customerId: order?.customerId ?? null,
    userId: null,
    link: null,
    cause: "staff closed a withdrawal without a refund",
  });
}

async function statementFacts(tx: Tx, id: string) {
  const statement = await findStatement(tx, id);
  if (statement.orderId === null) return { statement, order: null, standing: null, locale: statement.locale };
  const [order] = await tx.select().from(orders).where(eq(orders.id, statement.orderId));
  const standing = await statementStanding(tx, statement.orderId, statement.receivedAt);
  // In the language that it was made in, unless it may have been made by somebody else than whom the letter goes to.
  const sameAddress = order === undefined || normalizeEmail(order.email) === statement.emailNormalized;
  return { statement, order: order ?? null, standing, locale: sameAddress ? statement.locale : order.locale };
}

import { withdrawalStatements } from "../../drizzle/schema/withdrawals.ts";
import type { RateLimits } from "../identity/index.ts";
import { holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { statementMachine } from "./statement-status.ts";

type Statement = {
  readonly name: string;
  readonly email: string;
  readonly number: string;
  readonly formKey: string;
  readonly locale: "sv" | "en";
  readonly ip: string;
};

/**
 * Takes in that an order is taken back, by its number and an address, from whoever says so: with its instant, from which the
 * period and the receipt count. Which order that is, is looked for afterwards by the worker, so that nobody learns from the
 * answer, or from how long it takes, whether there is one. At most five an hour are acknowledged to one address by mail;
 * further ones are taken in all the same, and staff write.
 *
 * Idempotent by `formKey` for the same number and address. Returns the token that shows the receipt. Throws
 * `identity.too_many_attempts` for the caller's address only.
 */
export async function stateWithdrawal(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  { name, email, number, formKey, locale, ip }: Statement,
): Promise<{ receipt: string }> {
  const { rateLimits } = ctx.providers;
  await rateLimits.consume("mail_address", ip);
  const emailNormalized = normalizeEmail(email);
  const mayMail = await rateLimits.allows("mail_account", emailNormalized);
  // Of what was said, too: a page that came back from the browser's memory and says something else is another statement.
  const receipt = hashToken(["withdrawal statement", number, emailNormalized, formKey].join("\n"));
  await ctx.db.transaction(
    async (tx) => {
      const id = newId("wst");
      const made = await tx
        .insert(withdrawalStatements)
        .values({
          ...{
            id,
            status: statementMachine.initial,
            orderNumber: number,
            name,
            email,
            emailNormalized,
            locale,
            mayMail,
          },
          receivedAt: tx.scope.now,
          accessTokenHash: hashToken(receipt),
        })
        .onConflictDoNothing({ target: withdrawalStatements.accessTokenHash })
        .returning({ id: withdrawalStatements.id });
      if (made.length > 0) await begin(tx, statementMachine, { id });
    },
    { as: holding(ctx.actor, receipt) },
  );
  return { receipt };
}

import { access, router } from "../trpc/init.ts";
import { addPasskey, passkeyOptions } from "./add-passkey.ts";
import { confirmIdentity } from "./confirm-identity.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { addPasskeyInput, codeInput, ownIdInput, proofInput } from "./input.ts";
import { prepareTotp, readPreparedTotp } from "./prepare-totp.ts";
import { removePasskey, removeTotp } from "./remove-factor.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import { readSecondFactors } from "./second-factors.ts";
import { own } from "./session.ts";

/** What an account has besides its password. To add or remove one, one proves who one is within ten minutes before. */
export const factorsRouter = router({
  list: access("customer").query(({ ctx }) =>
    ctx.db.transaction((tx) => readSecondFactors(tx, own(ctx.session).userId)),
  ),
  /** Shows again who sits there. */
  confirm: access("customer")
    .input(proofInput)
    .mutation(async ({ ctx, input }) => {
      const opened = await confirmIdentity(ctx, { session: own(ctx.session), proof: input });
      ctx.browser.setSession(opened.token, opened.cookieExpiresAt);
      return { outcome: "confirmed" } as const;
    }),
  totp: router({
    begin: access("customer", { fresh: true }).mutation(async ({ ctx }) => {
      await prepareTotp(ctx, own(ctx.session));
      return { outcome: "prepared" } as const;
    }),
    prepared: access("customer", { fresh: true }).query(({ ctx }) => readPreparedTotp(ctx, own(ctx.session))),
    confirm: access("customer", { fresh: true })
      .input(codeInput)
      .mutation(async ({ ctx, input }) => ({
        recoveryCodes: await confirmTotp(ctx, { session: own(ctx.session), code: input.code }),
      })),
    remove: access("customer", { fresh: true }).mutation(async ({ ctx }) => {
      await removeTotp(ctx, own(ctx.session));
      return { outcome: "removed" } as const;
    }),
  }),
  passkeys: router({
    options: access("customer", { fresh: true }).mutation(({ ctx }) => passkeyOptions(ctx, own(ctx.session))),
    add: access("customer", { fresh: true })
      .input(addPasskeyInput)
      .mutation(async ({ ctx, input }) => ({
        recoveryCodes: await addPasskey(ctx, { session: own(ctx.session), ...input }),
      })),
    remove: access("customer", { fresh: true })
      .input(ownIdInput)
      .mutation(async ({ ctx, input }) => {
        await removePasskey(ctx, { session: own(ctx.session), id: input.id });
        return { outcome: "removed" } as const;
      }),
  }),
  renewRecoveryCodes: access("customer", { fresh: true }).mutation(async ({ ctx }) => ({
    recoveryCodes: await renewRecoveryCodes(ctx, own(ctx.session)),
  })),
});

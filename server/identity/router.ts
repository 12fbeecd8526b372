import { access, router } from "../trpc/init.ts";
import { identityErrors } from "./errors.ts";
import { emailInput, resetPasswordInput, sessionInput, signInInput, signUpInput, verifyEmailInput } from "./input.ts";
import { listSessions } from "./queries.ts";
import { redirectTarget } from "./redirect-target.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resendVerification } from "./resend-verification.ts";
import { resetPassword } from "./reset-password.ts";
import { revokeOtherSessions, revokeSession } from "./revoke-session.ts";
import type { Session } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";
import { verifyEmail } from "./verify-email.ts";

const CHECK_MAIL = { outcome: "check_mail" } as const;

/** Who one is, to oneself. */
export type Me = Omit<Session, "id">;

export const identityRouter = router({
  me: access("public").query(({ ctx }): Me | null => {
    if (!ctx.session) return null;
    const { id: _, ...me } = ctx.session;
    return me;
  }),

  signUp: access("public")
    .input(signUpInput)
    .mutation(async ({ ctx, input }) => {
      await signUp(ctx, { ...input, locale: input.locale ?? ctx.browser.locale, ip: ctx.browser.ip });
      return CHECK_MAIL;
    }),

  signIn: access("public")
    .input(signInInput)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent } = ctx.browser;
      const opened = await signIn(ctx, { ...input, ip, userAgent, present: ctx.session });
      ctx.browser.setSession(opened.token, opened.cookieExpiresAt);
      return { redirect: redirectTarget(input.redirectTo) };
    }),

  signOut: access("public").mutation(async ({ ctx }) => {
    if (ctx.session) await signOut(ctx, ctx.session);
    ctx.browser.clearSession();
    return { redirect: "/" };
  }),

  verifyEmail: access("public")
    .input(verifyEmailInput)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent } = ctx.browser;
      const opened = await verifyEmail(ctx, { ...input, ip, userAgent, present: ctx.session });
      ctx.browser.setSession(opened.token, opened.cookieExpiresAt);
      return { redirect: redirectTarget(input.redirectTo) };
    }),

  resendVerification: access("public")
    .input(emailInput)
    .mutation(async ({ ctx, input }) => {
      await resendVerification(ctx, { ...input, ip: ctx.browser.ip });
      return CHECK_MAIL;
    }),

  requestPasswordReset: access("public")
    .input(emailInput)
    .mutation(async ({ ctx, input }) => {
      await requestPasswordReset(ctx, { ...input, ip: ctx.browser.ip });
      return CHECK_MAIL;
    }),

  resetPassword: access("public")
    .input(resetPasswordInput)
    .mutation(async ({ ctx, input }) => {
      await resetPassword(ctx, { ...input, ip: ctx.browser.ip });
      ctx.browser.clearSession();
      return { outcome: "sign_in" } as const;
    }),

  sessions: router({
    list: access("customer").query(({ ctx }) => {
      const session = own(ctx);
      return ctx.db.transaction((tx) =>
        listSessions(tx, { userId: session.userId, currentId: session.id, at: ctx.technical.now() }),
      );
    }),
    revoke: access("customer")
      .input(sessionInput)
      .mutation(async ({ ctx, input }) => {
        const session = own(ctx);
        await revokeSession(ctx, { session, id: input.id });
        if (input.id === session.id) ctx.browser.clearSession();
        return { revoked: 1 };
      }),
    revokeOthers: access("customer").mutation(async ({ ctx }) => ({
      revoked: await revokeOtherSessions(ctx, own(ctx)),
    })),
  }),
});

/** The caller's session; `access("customer")` has made sure of it. */
function own(ctx: { readonly session: Session | null }): Session {
  if (!ctx.session) throw identityErrors.signInFailed();
  return ctx.session;
}

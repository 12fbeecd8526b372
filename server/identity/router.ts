import type { SecretBox } from "../kernel/secret-box.ts";
import { access, router } from "../trpc/init.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { beginImpersonation } from "./begin-impersonation.ts";
import { changePassword } from "./change-password.ts";
import { completeSignIn } from "./complete-sign-in.ts";
import { confirmEmailChange } from "./confirm-email-change.ts";
import { endImpersonation } from "./end-impersonation.ts";
import { factorsRouter } from "./factors-router.ts";
import { findHalfSignIn } from "./half-sign-in.ts";
import {
  codeInput,
  emailInput,
  impersonateInput,
  joinInput,
  linkInput,
  newPasswordInput,
  passkeySignInInput,
  resetPasswordInput,
  sessionInput,
  signInInput,
  signUpInput,
  verifyEmailInput,
} from "./input.ts";
import { newKnownDevice } from "./known-device.ts";
import type { OpenedSession } from "./open-session.ts";
import { listSessions } from "./queries.ts";
import { redirectTarget } from "./redirect-target.ts";
import { requestEmailChange } from "./request-email-change.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resendVerification } from "./resend-verification.ts";
import { resetPassword } from "./reset-password.ts";
import { revokeOtherSessions, revokeSession } from "./revoke-session.ts";
import { own, type Session } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { signInWithPasskey } from "./sign-in-with-passkey.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";
import { staffRouter } from "./staff-router.ts";
import { undoEmailChange } from "./undo-email-change.ts";
import { verifyEmail } from "./verify-email.ts";
import { passkeyQuestion } from "./verify-passkey.ts";

const CHECK_MAIL = { outcome: "check_mail" } as const;

/** Who one is, to oneself. */
export type Me = Pick<Session, "userId" | "customerId" | "email" | "name" | "emailVerified" | "locale" | "staffRole">;

export const identityRouter = router({
  me: access("public", { scope: "account.read" }).query(({ ctx }): Me | null => {
    if (!ctx.session) return null;
    const { userId, customerId, email, name, emailVerified, locale, staffRole } = ctx.session;
    return { userId, customerId, email, name, emailVerified, locale, staffRole };
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
      const { ip, userAgent, knownDevice: device } = ctx.browser;
      const redirect = redirectTarget(input.redirectTo);
      const came = { ip, userAgent, device, present: ctx.session, redirectTo: redirect };
      const opened = await signIn(ctx, { ...input, ...came });
      if (opened.outcome === "second_factor") {
        ctx.browser.setSecondStep(opened.token, opened.expiresAt);
        return { outcome: opened.outcome, redirect: "/login/second" };
      }
      greet(ctx, opened);
      return { outcome: opened.outcome, redirect };
    }),
  /** The second step of a sign-in, by a code. */
  completeSignIn: access("public")
    .input(codeInput)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent, secondStepToken: halfToken } = ctx.browser;
      const opened = await completeSignIn(ctx, { ...input, halfToken, ip, userAgent, present: ctx.session });
      ctx.browser.clearSecondStep();
      greet(ctx, opened);
      return { redirect: redirectTarget(opened.redirectTo) };
    }),
  /** Whether this browser is between the two steps of a sign-in, and where it wants to go. */
  secondStep: access("public").query(async ({ ctx }) => {
    const { secondStepToken: token, userAgent } = ctx.browser;
    const half = await findHalfSignIn(ctx.db, { token, userAgent, at: ctx.technical.now() });
    return half && { redirect: redirectTarget(half.redirectTo) };
  }),
  passkeyQuestion: access("public").mutation(({ ctx }) => passkeyQuestion(ctx)),
  signInWithPasskey: access("public")
    .input(passkeySignInInput)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent } = ctx.browser;
      const opened = await signInWithPasskey(ctx, { response: input.response, ip, userAgent, present: ctx.session });
      ctx.browser.clearSecondStep();
      greet(ctx, opened);
      return { redirect: redirectTarget(input.redirectTo) };
    }),
  factors: factorsRouter,
  staff: staffRouter,
  /** To see the shop as a customer does, reading only. */
  impersonation: router({
    begin: access({ staff: ["owner", "support"] }, { fresh: true })
      .input(impersonateInput)
      .mutation(async ({ ctx, input }) => {
        await beginImpersonation(ctx, { session: own(ctx.session), ...input });
        return { redirect: "/account" };
      }),
    end: access("customer", { whileImpersonating: true }).mutation(async ({ ctx }) => {
      const customerId = await endImpersonation(ctx, own(ctx.session));
      return { redirect: customerId ? `/admin/customers/${customerId}` : "/account" };
    }),
  }),
  changePassword: access("customer", { fresh: true })
    .input(newPasswordInput)
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx, { session: own(ctx.session), password: input.password });
      return { outcome: "changed" } as const;
    }),
  requestEmailChange: access("customer", { fresh: true })
    .input(emailInput)
    .mutation(async ({ ctx, input }) => {
      await requestEmailChange(ctx, { session: own(ctx.session), email: input.email });
      return CHECK_MAIL;
    }),
  confirmEmailChange: access("customer")
    .input(linkInput)
    .mutation(async ({ ctx, input }) => {
      await confirmEmailChange(ctx, { ...input, session: own(ctx.session), ip: ctx.browser.ip });
      return { outcome: "changed" } as const;
    }),
  undoEmailChange: access("public")
    .input(linkInput)
    .mutation(async ({ ctx, input }) => {
      await undoEmailChange(ctx, { ...input, ip: ctx.browser.ip });
      return CHECK_MAIL;
    }),
  join: access("public")
    .input(joinInput)
    .mutation(async ({ ctx, input }) => {
      await acceptInvitation(ctx, { ...input, locale: ctx.browser.locale, ip: ctx.browser.ip });
      return { outcome: "sign_in" } as const;
    }),

  signOut: access("public", { whileImpersonating: true }).mutation(async ({ ctx }) => {
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
      const session = own(ctx.session);
      return ctx.db.transaction((tx) =>
        listSessions(tx, { userId: session.userId, currentId: session.id, at: ctx.technical.now() }),
      );
    }),
    revoke: access("customer")
      .input(sessionInput)
      .mutation(async ({ ctx, input }) => {
        const session = own(ctx.session);
        await revokeSession(ctx, { session, id: input.id });
        if (input.id === session.id) ctx.browser.clearSession();
        return { revoked: 1 };
      }),
    revokeOthers: access("customer").mutation(async ({ ctx }) => ({
      revoked: await revokeOtherSessions(ctx, own(ctx.session)),
    })),
  }),
});

type Greeting = {
  readonly browser: { setSession(token: string, expiresAt: Date): void; setKnownDevice(value: string): void };
  readonly providers: { readonly secretBox: SecretBox };
};

/** Hands a browser its session, and what tells the next time that it has been here. */
function greet(ctx: Greeting, opened: OpenedSession & { readonly userId: string }): void {
  ctx.browser.setSession(opened.token, opened.cookieExpiresAt);
  ctx.browser.setKnownDevice(newKnownDevice(ctx.providers.secretBox, opened.userId));
}

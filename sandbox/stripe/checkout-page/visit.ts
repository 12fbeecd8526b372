import type { Context } from "hono";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { chooseShipping } from "../checkout/adjust.ts";
import type { CheckoutOutcome } from "../checkout/complete.ts";
import type { Buyer } from "../checkout/details.ts";
import { asksForMethod, dueNow } from "../checkout/due-now.ts";
import { expireSession } from "../checkout/expire.ts";
import { taxesTold } from "../checkout/sums.ts";
import { languageOf } from "../portal-page/words.ts";
import { clockOfCustomer, secondsFor } from "../test-clocks/clock-of.ts";
import { byItself, inUnit, type Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { type Answers, firstAnswers } from "./custom-fields.ts";
import { type FieldErrors, type FieldValues, valuesOf } from "./form.ts";
import { checkoutPage, messagePage } from "./pages.ts";
import { checkoutWords } from "./words.ts";

/** Where a completed session sends the customer. */
export function successUrl(session: CheckoutSession): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

export interface Shown {
  values: FieldValues;
  errors: FieldErrors;
  refusal: string | null;
  /** A code was typed in that is no good. */
  codeRefused?: boolean;
  answers?: Answers;
  notice?: string;
}

/** What every visit to a hosted checkout needs: the session as it is now, its language and clock, and its page. */
export function checkoutVisits(world: World) {
  const send = (
    c: Context,
    session: CheckoutSession | undefined,
    status: 200 | 404,
    view: (nonce: string) => unknown,
  ) => {
    const nonce = newNonce();
    const targets = [originOf(session?.success_url), originOf(session?.cancel_url)].filter((one) => one !== undefined);
    return c.html(String(view(nonce)), status, pageHeaders({ nonce, formTargets: targets }));
  };

  /** The session's language when it names one, else the visitor's. */
  const spoken = (c: Context, session: CheckoutSession | undefined) =>
    languageOf(session?.locale ?? null, c.req.header("accept-language"));

  /** The answer to a session that cannot be paid any more; undefined while it is open. */
  const over = (c: Context, session: CheckoutSession | undefined) => {
    if (!session) {
      const language = spoken(c, undefined);
      const { missingTitle: title, missingText: text } = checkoutWords[language];
      return send(c, undefined, 404, (nonce) => messagePage({ language, title, text, nonce }));
    }
    if (session.status === "complete") return c.redirect(successUrl(session), 303);
    if (session.status === "open") return undefined;
    const back = session.cancel_url ? { url: session.cancel_url, merchant: world.merchantName } : undefined;
    const language = spoken(c, session);
    const { expiredTitle: title, expiredText: text } = checkoutWords[language];
    return send(c, session, 200, (nonce) => messagePage({ language, title, text, nonce }, back));
  };

  /** What happens on the page happens on the clock of the session's customer. */
  const within = <T>(session: CheckoutSession, work: (unit: Unit) => T): T =>
    inUnit(world, byItself, work, clockOfCustomer(world, session.customer));

  /** The session as it is now; one whose time is up expires before anything else is done with it. */
  const current = (id: string): CheckoutSession | undefined => {
    const session = world.sessions.get(id);
    if (session?.status !== "open" || session.expires_at > secondsFor(world, session.customer)) return session;
    return within(session, (unit) => expireSession(unit, session));
  };

  const knownEmail = (session: CheckoutSession) =>
    session.customer_email ?? world.customers.get(idOf(session.customer) ?? "")?.email ?? null;

  const trialDays = (session: CheckoutSession): number | null => {
    const data = world.checkoutDetails.get(session.id)?.subscriptionData;
    if (!data) return null;
    if (data.trialEnd === null) return data.trialDays;
    return Math.ceil((data.trialEnd - secondsFor(world, session.customer)) / 86_400);
  };

  /** What was filled in before the bank's page was refused or left: a further card need not begin anew. */
  const typed = (session: CheckoutSession): Buyer | undefined => {
    const details = world.checkoutDetails.get(session.id);
    return details?.pending?.buyer ?? details?.typed;
  };

  const typedValues = (session: CheckoutSession): FieldValues => valuesOf(typed(session));

  const show = (c: Context, session: CheckoutSession, shown: Shown) =>
    send(c, session, 200, (nonce) =>
      checkoutPage(
        {
          ...shown,
          language: spoken(c, session),
          due: dueNow(world, session),
          code: world.promotionCodes.get(world.checkoutDetails.get(session.id)?.promotionCodeId ?? "")?.code ?? null,
          codeRefused: shown.codeRefused ?? false,
          answers: shown.answers ?? firstAnswers(session.custom_fields, typed(session)?.answers),
          notice: shown.notice ?? null,
          shippingRates: session.shipping_options.flatMap(
            (one) => world.shippingRates.get(idOf(one.shipping_rate) ?? "") ?? [],
          ),
          taxes: taxesTold(world, world.checkoutDetails.get(session.id)),
          session,
          nonce,
          merchant: world.merchantName,
          email: knownEmail(session),
          lines: world.checkoutDetails.get(session.id)?.lines ?? [],
          trialDays: trialDays(session),
          asksForMethod: asksForMethod(world, session),
        },
        new Date(secondsFor(world, session.customer) * 1000).getUTCFullYear() + 2,
      ),
    );

  /** The page with the total of the chosen way of sending, and with everything that was filled in. */
  const rechosen = (c: Context, session: CheckoutSession, values: FieldValues, answers: Answers) => {
    within(session, (unit) => chooseShipping(unit, session, values.shippingRate));
    const notice = checkoutWords[spoken(c, session)].totalChanged;
    const now = world.sessions.get(session.id) ?? session;
    return show(c, now, { values, errors: {}, refusal: null, answers: { ...answers, errors: {} }, notice });
  };

  const follow = (
    c: Context,
    session: CheckoutSession,
    outcome: CheckoutOutcome,
    filled: Pick<Shown, "values" | "answers">,
  ) => {
    if (outcome.outcome === "complete") return c.redirect(successUrl(outcome.session), 303);
    if (outcome.outcome === "needs_approval") return c.redirect(`/c/pay/${session.id}/approve`, 303);
    const { declines } = checkoutWords[spoken(c, session)];
    const refusal = declines[outcome.reason] ?? declines[outcome.code] ?? outcome.message;
    return show(c, session, { ...filled, errors: {}, refusal });
  };

  return { send, spoken, over, within, current, knownEmail, typedValues, show, rechosen, follow };
}

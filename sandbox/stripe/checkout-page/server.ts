import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { adjustQuantity, applyCode, chooseShipping } from "../checkout/adjust.ts";
import { approve, type CheckoutOutcome, submitCard, submitWithoutCard } from "../checkout/complete.ts";
import { submitDebit } from "../checkout/delayed.ts";
import { asksForMethod, dueNow } from "../checkout/due-now.ts";
import { expireSession } from "../checkout/expire.ts";
import { recover } from "../checkout/recovery.ts";
import { leaveApproval, refuse } from "../checkout/refuse.ts";
import { taxesTold } from "../checkout/sums.ts";
import { languageOf } from "../portal-page/words.ts";
import { clockOfCustomer, secondsFor } from "../test-clocks/clock-of.ts";
import { byItself, inUnit, type Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { type Answers, firstAnswers, readAnswers } from "./custom-fields.ts";
import { checkForm, emptyValues, type FieldErrors, type FieldValues, readValues } from "./form.ts";
import { approvalPage, checkoutPage, messagePage } from "./pages.ts";
import { otherWay } from "./shipping.ts";
import { checkoutWords } from "./words.ts";

/** Where a completed session sends the customer. */
function successUrl(session: CheckoutSession): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

interface Shown {
  values: FieldValues;
  errors: FieldErrors;
  refusal: string | null;
  /** A code was typed in that is no good. */
  codeRefused?: boolean;
  answers?: Answers;
  notice?: string;
}

/** The hosted pages: paying, approving at the bank, and what is left when a session is over. */
export function checkoutPages(world: World): Hono {
  const app = new Hono();
  app.use("/c/*", bodyLimit({ maxSize: 64_000 }));

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

  const show = (c: Context, session: CheckoutSession, shown: Shown) =>
    send(c, session, 200, (nonce) =>
      checkoutPage(
        {
          ...shown,
          language: spoken(c, session),
          due: dueNow(world, session),
          code: world.promotionCodes.get(world.checkoutDetails.get(session.id)?.promotionCodeId ?? "")?.code ?? null,
          codeRefused: shown.codeRefused ?? false,
          answers: shown.answers ?? firstAnswers(session.custom_fields),
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

  const follow = (c: Context, session: CheckoutSession, outcome: CheckoutOutcome, values: FieldValues) => {
    if (outcome.outcome === "complete") return c.redirect(successUrl(outcome.session), 303);
    if (outcome.outcome === "needs_approval") return c.redirect(`/c/pay/${session.id}/approve`, 303);
    const { declines } = checkoutWords[spoken(c, session)];
    const refusal = declines[outcome.reason] ?? declines[outcome.code] ?? outcome.message;
    return show(c, session, { values, errors: {}, refusal });
  };

  app.get("/c/pay/:id", (c) => {
    const session = current(c.req.param("id"));
    return (
      over(c, session) ?? show(c, session as CheckoutSession, { values: emptyValues(), errors: {}, refusal: null })
    );
  });

  app.post("/c/pay/:id", async (c) => {
    const form = await c.req.formData();
    const values = readValues(form);
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const answers = readAnswers(session.custom_fields, form);
    // A total that was not shown is not charged.
    if (otherWay(session, values.shippingRate)) return rechosen(c, session, values, answers);
    const checked = checkForm(values, {
      email: knownEmail(session),
      shippingCountries: session.shipping_address_collection?.allowed_countries ?? null,
      debit: session.payment_method_types.includes("sepa_debit"),
      method: asksForMethod(world, session),
      now: secondsFor(world, session.customer),
      answers: answers.values,
    });
    if (!checked.valid || Object.keys(answers.errors).length > 0)
      return show(c, session, { values, errors: checked.valid ? {} : checked.errors, refusal: null, answers });
    if (checked.iban !== null) {
      const paid = within(session, (unit) => submitDebit(unit, session.id, checked.buyer, checked.iban));
      return c.redirect(successUrl(paid), 303);
    }
    if (checked.card === null)
      return c.redirect(successUrl(within(session, (unit) => submitWithoutCard(unit, session.id, checked.buyer))), 303);
    const approvalUrl = `${world.publicUrl}/c/pay/${session.id}/approve`;
    const outcome = within(session, (unit) => submitCard(unit, session.id, checked.buyer, checked.card, approvalUrl));
    return follow(c, session, outcome, values);
  });

  app.post("/c/pay/:id/shipping", async (c) => {
    const form = await c.req.formData();
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const { values } = readAnswers(session.custom_fields, form);
    return rechosen(c, session, readValues(form), { values, errors: {} });
  });

  // An expired checkout's way back: a further one like it.
  app.get("/c/recover/:id", (c) => {
    const expired = world.sessions.get(c.req.param("id"));
    const again = expired && within(expired, (unit) => recover(unit, expired));
    return again ? c.redirect(`/c/pay/${again.id}`, 303) : (over(c, expired) ?? c.notFound());
  });

  app.post("/c/pay/:id/quantity", async (c) => {
    const form = await c.req.formData();
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const [line, quantity] = [String(form.get("line") ?? ""), Number(form.get("quantity"))];
    within(session, (unit) => adjustQuantity(unit, session, line, quantity));
    return c.redirect(`/c/pay/${session.id}`, 303);
  });

  app.post("/c/pay/:id/promotion", async (c) => {
    const typed = String((await c.req.formData()).get("code") ?? "").trim();
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    if (within(session, (unit) => applyCode(unit, session, typed))) return c.redirect(`/c/pay/${session.id}`, 303);
    return show(c, session, { values: emptyValues(), errors: {}, refusal: null, codeRefused: true });
  });

  app.get("/c/pay/:id/approve", (c) => {
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const method = world.paymentMethods.get(world.checkoutDetails.get(session.id)?.pending?.methodId ?? "");
    if (!method) return c.redirect(`/c/pay/${session.id}`, 303);
    return send(c, session, 200, (nonce) =>
      approvalPage({
        language: spoken(c, session),
        due: dueNow(world, session).due,
        session,
        merchant: world.merchantName,
        method,
        nonce,
      }),
    );
  });

  app.post("/c/pay/:id/approve", async (c) => {
    const answer = String((await c.req.formData()).get("answer") ?? "");
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    if (!world.checkoutDetails.get(session.id)?.pending) return c.redirect(`/c/pay/${session.id}`, 303);
    if (answer === "complete") {
      return follow(
        c,
        session,
        within(session, (unit) => approve(unit, session.id)),
        emptyValues(),
      );
    }
    if (answer === "fail") {
      within(session, (unit) => refuse(unit, session.id));
      return show(c, session, {
        values: emptyValues(),
        errors: {},
        refusal: checkoutWords[spoken(c, session)].refused,
      });
    }
    within(session, (unit) => leaveApproval(unit, session.id));
    return c.redirect(`/c/pay/${session.id}`, 303);
  });
  return app;
}

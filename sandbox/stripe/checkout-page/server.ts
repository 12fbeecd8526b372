import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { adjustQuantity, applyCode } from "../checkout/adjust.ts";
import { approve, submitCard, submitWithoutCard } from "../checkout/complete.ts";
import { submitDebit } from "../checkout/delayed.ts";
import { asksForMethod, dueNow } from "../checkout/due-now.ts";
import { recover } from "../checkout/recovery.ts";
import { leaveApproval, refuse } from "../checkout/refuse.ts";
import { secondsFor } from "../test-clocks/clock-of.ts";
import type { CheckoutSession } from "../wire.ts";
import type { World } from "../world.ts";
import { readAnswers } from "./custom-fields.ts";
import { checkForm, readValues } from "./form.ts";
import { approvalPage } from "./pages.ts";
import { otherWay } from "./shipping.ts";
import { checkoutVisits, successUrl } from "./visit.ts";
import { checkoutWords } from "./words.ts";

/** The hosted pages: paying, approving at the bank, and what is left when a session is over. */
export function checkoutPages(world: World): Hono {
  const app = new Hono();
  app.use("/c/*", bodyLimit({ maxSize: 64_000 }));
  const { send, spoken, over, within, current, knownEmail, typedValues, show, rechosen, follow } =
    checkoutVisits(world);

  app.get("/c/pay/:id", (c) => {
    const session = current(c.req.param("id"));
    return (
      over(c, session) ??
      show(c, session as CheckoutSession, {
        values: typedValues(session as CheckoutSession),
        errors: {},
        refusal: null,
      })
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
    return follow(c, session, outcome, { values, answers });
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
    return show(c, session, { values: typedValues(session), errors: {}, refusal: null, codeRefused: true });
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
      const outcome = within(session, (unit) => approve(unit, session.id));
      return follow(c, session, outcome, { values: typedValues(session) });
    }
    if (answer === "fail") {
      within(session, (unit) => refuse(unit, session.id));
      const { refused } = checkoutWords[spoken(c, session)];
      return show(c, session, { values: typedValues(session), errors: {}, refusal: refused });
    }
    within(session, (unit) => leaveApproval(unit, session.id));
    return c.redirect(`/c/pay/${session.id}`, 303);
  });
  return app;
}

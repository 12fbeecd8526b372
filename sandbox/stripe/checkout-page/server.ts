import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { approve, type CheckoutOutcome, submitCard } from "../checkout/complete.ts";
import { expireSession } from "../checkout/expire.ts";
import { leaveApproval, refuse } from "../checkout/refuse.ts";
import { byItself, inUnit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { checkForm, emptyValues, type FieldErrors, type FieldValues, readValues } from "./form.ts";
import { approvalPage, checkoutPage, messagePage } from "./pages.ts";

/** Where a completed session sends the customer. */
function successUrl(session: CheckoutSession): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

interface Shown {
  values: FieldValues;
  errors: FieldErrors;
  refusal: string | null;
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

  /** The answer to a session that cannot be paid any more; undefined while it is open. */
  const over = (c: Context, session: CheckoutSession | undefined) => {
    if (!session)
      return send(c, undefined, 404, (nonce) =>
        messagePage("This checkout page does not exist", "Check the link, or start again in the shop.", nonce),
      );
    if (session.status === "complete") return c.redirect(successUrl(session), 303);
    if (session.status === "open") return undefined;
    const back = session.cancel_url ? { url: session.cancel_url, merchant: world.merchantName } : undefined;
    return send(c, session, 200, (nonce) =>
      messagePage(
        "This checkout page has expired",
        "Nothing was charged. Go back to the shop to start again.",
        nonce,
        back,
      ),
    );
  };

  /** The session as it is now; one whose time is up expires before anything else is done with it. */
  const current = (id: string): CheckoutSession | undefined => {
    const session = world.sessions.get(id);
    if (session?.status !== "open" || session.expires_at > world.clock.seconds()) return session;
    return inUnit(world, byItself, (unit) => expireSession(unit, session));
  };

  const knownEmail = (session: CheckoutSession) =>
    session.customer_email ?? world.customers.get(idOf(session.customer) ?? "")?.email ?? null;

  const trialDays = (id: string): number | null => {
    const data = world.checkoutDetails.get(id)?.subscriptionData;
    if (!data) return null;
    if (data.trialEnd === null) return data.trialDays;
    return Math.ceil((data.trialEnd - world.clock.seconds()) / 86_400);
  };

  const show = (c: Context, session: CheckoutSession, shown: Shown) =>
    send(c, session, 200, (nonce) =>
      checkoutPage(
        {
          ...shown,
          session,
          nonce,
          merchant: world.merchantName,
          email: knownEmail(session),
          lines: world.checkoutDetails.get(session.id)?.lines ?? [],
          trialDays: trialDays(session.id),
        },
        new Date(world.clock.now()).getUTCFullYear() + 2,
      ),
    );

  const follow = (c: Context, session: CheckoutSession, outcome: CheckoutOutcome, values: FieldValues) => {
    if (outcome.outcome === "complete") return c.redirect(successUrl(outcome.session), 303);
    if (outcome.outcome === "needs_approval") return c.redirect(`/c/pay/${session.id}/approve`, 303);
    return show(c, session, { values, errors: {}, refusal: outcome.message });
  };

  app.get("/c/pay/:id", (c) => {
    const session = current(c.req.param("id"));
    return (
      over(c, session) ?? show(c, session as CheckoutSession, { values: emptyValues(), errors: {}, refusal: null })
    );
  });

  app.post("/c/pay/:id", async (c) => {
    const values = readValues(await c.req.formData());
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const checked = checkForm(values, {
      email: knownEmail(session),
      shippingCountries: session.shipping_address_collection?.allowed_countries ?? null,
      now: world.clock.seconds(),
    });
    if (!checked.valid) return show(c, session, { values, errors: checked.errors, refusal: null });
    const approvalUrl = `${world.publicUrl}/c/pay/${session.id}/approve`;
    const outcome = inUnit(world, byItself, (unit) =>
      submitCard(unit, session.id, checked.buyer, checked.card, approvalUrl),
    );
    return follow(c, session, outcome, values);
  });

  app.get("/c/pay/:id/approve", (c) => {
    const session = current(c.req.param("id"));
    const done = over(c, session);
    if (done || !session) return done ?? c.notFound();
    const method = world.paymentMethods.get(world.checkoutDetails.get(session.id)?.pending?.methodId ?? "");
    if (!method) return c.redirect(`/c/pay/${session.id}`, 303);
    return send(c, session, 200, (nonce) => approvalPage({ session, merchant: world.merchantName, method, nonce }));
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
        inUnit(world, byItself, (unit) => approve(unit, session.id)),
        emptyValues(),
      );
    }
    if (answer === "fail") {
      const refusal = inUnit(world, byItself, (unit) => refuse(unit, session.id));
      return show(c, session, { values: emptyValues(), errors: {}, refusal });
    }
    inUnit(world, byItself, (unit) => leaveApproval(unit, session.id));
    return c.redirect(`/c/pay/${session.id}`, 303);
  });
  return app;
}

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { StripeFault } from "../api/errors.ts";
import { cardByNumber } from "../cards.ts";
import { readExpiry } from "../checkout-page/form.ts";
import { nextRenewal } from "../invoices/next-renewal.ts";
import { attachTo, detach } from "../payment-methods/attach.ts";
import { newCardMethod } from "../payment-methods/shape.ts";
import { cancelNow } from "../subscriptions/cancel-now.ts";
import { changeInvoice } from "../subscriptions/carry-out.ts";
import { prorationBehaviors } from "../subscriptions/params.ts";
import { type Plan, planChange } from "../subscriptions/plan-change.ts";
import { collectOverdue } from "../subscriptions/standing.ts";
import { type SentUpdate, updateSubscription } from "../subscriptions/update.ts";
import { byItself, change, inUnit, type Unit } from "../unit.ts";
import type { PortalConfiguration, PortalSession, Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { closedPage, type Offer, type PortalView, portalPage } from "./pages.ts";
import { languageOf, words } from "./words.ts";

/** How long a link opens its page, on the sandbox clock. */
const openSeconds = 3_600;
const running = new Set<string>(["active", "past_due", "trialing", "unpaid"]);

interface Visit {
  session: PortalSession;
  configuration: PortalConfiguration;
  subscription: Subscription | undefined;
}

function visitOf(world: World, token: string): Visit | undefined {
  const session = world.portalSessions.first("token", token);
  if (!session || session.created + openSeconds < world.clock.seconds()) return undefined;
  const configuration = world.portalConfigurations.get(idOf(session.configuration) ?? "");
  const subscription = world.subscriptions.by("customer", session.customer).findLast((one) => running.has(one.status));
  return configuration && { session, configuration, subscription };
}

function offersOf(world: World, { configuration, subscription }: Visit): Offer[] {
  const current = subscription?.items.data[0]?.price.id;
  return (configuration.features.subscription_update.products ?? []).flatMap((one) =>
    one.prices.flatMap((id) => {
      const price = world.prices.get(id);
      const name = world.products.get(one.product)?.name ?? id;
      return price && id !== current ? [{ price, name }] : [];
    }),
  );
}

/** What a change to a price would be, with the portal's way of prorating. */
function planFor(unit: Unit, visit: Visit, price: string): Plan | undefined {
  const offer = offersOf(unit.world, visit).find((one) => one.price.id === price);
  const item = visit.subscription?.items.data[0];
  if (!offer || !item || !visit.subscription) return undefined;
  const behavior = visit.configuration.features.subscription_update.proration_behavior;
  return planChange(unit, visit.subscription, {
    anchorNow: false,
    at: unit.now,
    behavior: prorationBehaviors.find((one) => one === behavior) ?? "none",
    items: [{ id: item.id, price: offer.price }],
    trialEnd: undefined,
  });
}

function previewOf(world: World, visit: Visit, price: string | undefined): PortalView["preview"] {
  const { subscription, session } = visit;
  const customer = world.customers.get(session.customer);
  if (price === undefined || !subscription || !customer) return undefined;
  const unit = { world, now: world.clock.seconds(), cause: byItself, testClock: null };
  const plan = planFor(unit, visit, price);
  if (!plan) return undefined;
  const dueNow = plan.immediate ? changeInvoice(unit, subscription, plan).amount_due : 0;
  const next = nextRenewal(unit, customer, subscription, plan).amount_due;
  return { price, dueNow, next, currency: subscription.currency };
}

/** Does what a button asks; returns why not, in the page's words, when a card is refused. */
function act(unit: Unit, visit: Visit, form: URLSearchParams): string | undefined {
  const { features } = visit.configuration;
  const customer = unit.world.customers.get(visit.session.customer);
  const { subscription } = visit;
  const what = form.get("do");
  const update = (sent: Partial<SentUpdate>) =>
    subscription && updateSubscription(unit, subscription.id, sent as SentUpdate);
  if (!customer) return undefined;
  const setStandard = (id: string) => {
    const settings = { ...customer.invoice_settings, default_payment_method: id };
    change(unit, unit.world.customers, customer, { invoice_settings: settings }, "customer.updated");
    if (subscription) {
      // A subscription's own card would win over the customer's, so it gives way.
      const followed =
        subscription.default_payment_method === null
          ? subscription
          : change(
              unit,
              unit.world.subscriptions,
              subscription,
              { default_payment_method: null },
              "customer.subscription.updated",
            );
      collectOverdue(unit, followed);
    }
  };
  const own = unit.world.paymentMethods.get(form.get("card") ?? "");
  if (what === "keep") update({ cancel_at_period_end: false });
  if (what === "switch" && features.subscription_update.enabled) {
    const item = subscription?.items.data[0];
    const price = form.get("price") ?? "";
    const offered = offersOf(unit.world, visit).some((one) => one.price.id === price);
    const behavior = features.subscription_update.proration_behavior as SentUpdate["proration_behavior"];
    if (item && offered)
      update({ items: [{ id: item.id, price }] as SentUpdate["items"], proration_behavior: behavior });
  }
  if (what === "cancel" && features.subscription_cancel.enabled && subscription) {
    const said = {
      comment: form.get("comment") || undefined,
      feedback: (form.get("feedback") || undefined) as NonNullable<SentUpdate["cancellation_details"]>["feedback"],
      feedback_option: undefined,
    };
    const { mode, proration_behavior: behavior } = features.subscription_cancel;
    if (mode === "immediately")
      cancelNow(unit, subscription, {
        words: said,
        prorate: behavior !== "none",
        invoiceNow: behavior === "always_invoice",
      });
    else update({ cancel_at_period_end: true, cancellation_details: said });
  }
  if (!features.payment_method_update.enabled) return undefined;
  if (what === "standard" && own?.customer === customer.id) setStandard(own.id);
  if (what === "remove" && own?.customer === customer.id) detach(unit, own);
  if (what === "add") return addCard(unit, visit, form, setStandard);
  return undefined;
}

function addCard(
  unit: Unit,
  visit: Visit,
  form: URLSearchParams,
  setStandard: (id: string) => void,
): string | undefined {
  const behavior = cardByNumber((form.get("number") ?? "").replace(/\D/g, ""));
  const expiry = readExpiry((form.get("expiry") ?? "").trim());
  const customer = unit.world.customers.get(visit.session.customer);
  const today = new Date(unit.now * 1000);
  const past = expiry && expiry.year * 12 + expiry.month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (!behavior || !expiry || expiry.month > 12 || past || !customer) return "badCard";
  const entry = {
    behavior,
    expMonth: expiry.month,
    expYear: expiry.year,
    email: null,
    name: null,
    country: null,
    postalCode: null,
  };
  try {
    setStandard(attachTo(unit, newCardMethod(unit, entry), customer).id);
    return undefined;
  } catch (error) {
    if (error instanceof StripeFault) return error.message;
    throw error;
  }
}

/** The hosted portal: plan, cards and invoices of one customer, for as long as the link lives. */
export function portalPages(world: World): Hono {
  const app = new Hono();
  app.use("/p/*", bodyLimit({ maxSize: 16_000 }));
  const tokenOf = (c: Context) => c.req.param("token") ?? "";

  const show = (c: Context, visit: Visit | undefined, refusal: string | null) => {
    const nonce = newNonce();
    const language = languageOf(visit?.session.locale ?? null, c.req.header("accept-language"));
    if (!visit) return c.html(String(closedPage(language, nonce)), 404, pageHeaders({ nonce, formTargets: [] }));
    const { session, configuration, subscription } = visit;
    const product = world.products.get(idOf(subscription?.items.data[0]?.price.product) ?? "");
    const customer = world.customers.get(session.customer);
    const view: PortalView = {
      language,
      merchant: world.merchantName,
      nonce,
      path: c.req.path,
      session,
      configuration,
      subscription,
      planName: product?.name ?? "",
      offers: offersOf(world, visit),
      preview: previewOf(world, visit, c.req.query("price")),
      cards: world.paymentMethods.by("customer", session.customer),
      standard: idOf(subscription?.default_payment_method) ?? idOf(customer?.invoice_settings.default_payment_method),
      invoices: world.invoices.page({ where: { customer: session.customer }, limit: 24 }).data,
      refusal: refusal === "badCard" ? words[language].badCard : refusal,
    };
    const back = originOf(session.return_url);
    return c.html(String(portalPage(view)), 200, pageHeaders({ nonce, formTargets: back === undefined ? [] : [back] }));
  };

  app.get("/p/session/:token", (c) => show(c, visitOf(world, tokenOf(c)), null));
  app.post("/p/session/:token", async (c) => {
    const visit = visitOf(world, tokenOf(c));
    if (!visit) return show(c, undefined, null);
    const form = new URLSearchParams(await c.req.text());
    const refusal = inUnit(world, byItself, (unit) => act(unit, visit, form));
    if (refusal !== undefined) return show(c, visit, refusal);
    return c.redirect(c.req.path, 303);
  });
  return app;
}

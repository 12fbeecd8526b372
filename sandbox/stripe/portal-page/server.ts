import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { checkoutWords } from "../checkout-page/words.ts";
import { plannedChange } from "../schedules/at-period-end.ts";
import { clockOfCustomer } from "../test-clocks/clock-of.ts";
import { byItself, inUnit } from "../unit.ts";
import { idOf, type World } from "../world.ts";
import { act, type Refusal } from "./act.ts";
import { closedPage, donePage, portalPage } from "./pages.ts";
import type { PortalView } from "./view.ts";
import { offersOf, previewOf, quantityBounds, type Visit, visitOf, wantedOf } from "./visit.ts";
import { type Language, languageOf, words } from "./words.ts";

function viewOf(
  world: World,
  visit: Visit,
  asked: URLSearchParams,
): Omit<PortalView, "nonce" | "language" | "refusal"> | undefined {
  const { session, configuration, subscription, flow } = visit;
  const customer = world.customers.get(session.customer);
  if (!customer) return undefined;
  const product = world.products.get(idOf(subscription?.items.data[0]?.price.product) ?? "");
  const coupon = flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  const planned = plannedChange(world, subscription);
  const chooses = asked.has("price") || asked.has("quantity") || flow?.type === "subscription_update_confirm";
  return {
    merchant: world.merchantName,
    session,
    configuration,
    customer,
    subscription,
    flow,
    whole: asked.has("home"),
    planName: product?.name ?? "",
    offers: offersOf(world, visit),
    bounds: quantityBounds(visit),
    planned: planned && { ...planned, name: world.products.get(idOf(planned.price.product) ?? "")?.name ?? "" },
    preview: chooses ? previewOf(world, visit, wantedOf(world, visit, asked)) : undefined,
    retention: coupon === undefined ? undefined : world.coupons.get(coupon),
    cards: world.paymentMethods
      .page({ where: { customer: session.customer }, limit: 50 })
      .data.filter((one) => one.card),
    standard: idOf(subscription?.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method),
    invoices: world.invoices.page({ where: { customer: session.customer }, limit: 24 }).data,
  };
}

/** Why a card was not taken, in the page's language. */
function refusalIn(language: Language, refusal: Refusal): string {
  if (refusal === "badCard") return words[language].badCard;
  const { declines } = checkoutWords[language];
  return refusal.reasons.map((one) => declines[one]).find((one) => one !== undefined) ?? refusal.message;
}

/** The hosted portal: plan, cards, details and invoices of one customer, for as long as the link lives. */
export function portalPages(world: World): Hono {
  const app = new Hono();
  app.use("/p/*", bodyLimit({ maxSize: 16_000 }));
  const find = (c: Context) => visitOf(world, c.req.param("token") ?? "", c.req.query("home") !== undefined);

  const show = (c: Context, visit: Visit | undefined, refusal: Refusal | null) => {
    const nonce = newNonce();
    const language = languageOf(visit?.session.locale ?? null, c.req.header("accept-language"));
    const shown = visit && viewOf(world, visit, new URL(c.req.url).searchParams);
    if (!visit || !shown)
      return c.html(String(closedPage(language, nonce)), 404, pageHeaders({ nonce, formTargets: [] }));
    const said = refusal && refusalIn(language, refusal);
    const after = visit.session.flow?.after_completion.redirect?.return_url;
    const targets = [originOf(visit.session.return_url), originOf(after)].filter((one) => one !== undefined);
    return c.html(
      String(portalPage({ ...shown, nonce, language, refusal: said })),
      200,
      pageHeaders({ nonce, formTargets: targets }),
    );
  };

  /** Where somebody goes who has done what the link was for. */
  const finished = (c: Context, { session, flow }: Visit) => {
    const after = flow?.after_completion;
    if (after?.redirect) return c.redirect(after.redirect.return_url, 303);
    if (after?.type !== "hosted_confirmation") return c.redirect(`${c.req.path}?home=1`, 303);
    const nonce = newNonce();
    const language = languageOf(session.locale, c.req.header("accept-language"));
    const message = after.hosted_confirmation?.custom_message ?? null;
    const done = { language, nonce, message, back: session.return_url, merchant: world.merchantName };
    return c.html(String(donePage(done)), 200, pageHeaders({ nonce }));
  };

  app.get("/p/session/:token", (c) => show(c, find(c), null));
  app.post("/p/session/:token", async (c) => {
    const visit = find(c);
    if (!visit) return show(c, undefined, null);
    const form = new URLSearchParams(await c.req.text());
    const clock = clockOfCustomer(world, visit.session.customer);
    const acted = inUnit(world, byItself, (unit) => act(unit, visit, form), clock);
    if (acted.refusal !== undefined) return show(c, visit, acted.refusal);
    if (visit.flow && acted.done) return finished(c, visit);
    return c.redirect(c.req.query("home") === undefined ? c.req.path : `${c.req.path}?home=1`, 303);
  });
  return app;
}

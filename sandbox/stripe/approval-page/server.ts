import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import { page } from "../checkout-page/layout.ts";
import { answerApproval } from "../payment-intents/confirm.ts";
import { answerSetup } from "../setup-intents/operations.ts";
import { byItself, inUnit } from "../unit.ts";
import type { PaymentIntent, SetupIntent } from "../wire.ts";
import { idOf, type World } from "../world.ts";

const words = {
  en: {
    title: "Approve with your bank",
    asks: (merchant: string, what: string) => `${merchant} asks you to approve ${what}.`,
    saving: "saving your card for later payments",
    paying: (amount: string) => `a payment of ${amount}`,
    card: (last4: string) => `Card ending in ${last4}`,
    complete: "Approve",
    fail: "Refuse",
    over: "Nothing is left to approve",
    close: "You can close this page.",
  },
  sv: {
    title: "Godkänn hos din bank",
    asks: (merchant: string, what: string) => `${merchant} ber dig godkänna ${what}.`,
    saving: "att ditt kort sparas för kommande betalningar",
    paying: (amount: string) => `en betalning på ${amount}`,
    card: (last4: string) => `Kort som slutar på ${last4}`,
    complete: "Godkänn",
    fail: "Neka",
    over: "Det finns inget kvar att godkänna",
    close: "Du kan stänga den här sidan.",
  },
} as const;

/** The language a visitor prefers, of the two that the page speaks. */
function languageOf(c: Context): "en" | "sv" {
  return c.req.header("accept-language")?.toLowerCase().startsWith("sv") ? "sv" : "en";
}

/** The bank's page for payments and setups that no checkout page stands before: the customer says yes or no. */
export function approvalPages(world: World): Hono {
  const app = new Hono();
  app.use("/approve/*", bodyLimit({ maxSize: 16_000 }));

  const find = (id: string): PaymentIntent | SetupIntent | undefined =>
    world.paymentIntents.get(id) ?? world.setupIntents.get(id);
  const backOf = (intent: PaymentIntent | SetupIntent | undefined) => {
    const back = intent?.next_action?.redirect_to_url?.return_url ?? null;
    return back?.includes("/approve/") ? null : back;
  };

  app.get("/approve/:id", (c) => {
    const intent = find(c.req.param("id"));
    const language = languageOf(c);
    const said = words[language];
    const nonce = newNonce();
    const waits = intent?.status === "requires_action";
    const method = world.paymentMethods.get(idOf(intent?.payment_method) ?? "");
    const what =
      intent?.object === "payment_intent"
        ? said.paying(formatAmount(intent.amount, intent.currency, language))
        : said.saving;
    const body = waits
      ? html`<main class="single"><h1>${said.title}</h1><p>${said.asks(world.merchantName, what)}</p>
<p>${said.card(method?.card?.last4 ?? "")}</p>
<form method="post"><button name="answer" value="complete">${said.complete}</button> <button name="answer" value="fail" class="plain">${said.fail}</button></form></main>`
      : html`<main class="single"><h1>${said.over}</h1><p>${said.close}</p></main>`;
    const back = originOf(backOf(intent));
    const targets = back === undefined ? [] : [back];
    return c.html(
      String(page(said.title, nonce, body, language)),
      intent ? 200 : 404,
      pageHeaders({ nonce, formTargets: targets }),
    );
  });

  app.post("/approve/:id", async (c) => {
    const intent = find(c.req.param("id"));
    const approved = String((await c.req.formData()).get("answer") ?? "") === "complete";
    if (!intent) return c.notFound();
    const back = backOf(intent);
    const answered = inUnit(world, byItself, (unit) =>
      intent.object === "payment_intent" ? answerApproval(unit, intent, approved) : answerSetup(unit, intent, approved),
    );
    if (back === null) return c.redirect(`/approve/${answered.id}`, 303);
    const target = new URL(back);
    const prefix = intent.object;
    target.searchParams.set(prefix, intent.id);
    target.searchParams.set(`${prefix}_client_secret`, intent.client_secret ?? "");
    target.searchParams.set("redirect_status", answered.status === "succeeded" ? "succeeded" : "failed");
    return c.redirect(target.href, 303);
  });
  return app;
}

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import { page } from "../checkout-page/layout.ts";
import { checkoutWords } from "../checkout-page/words.ts";
import { answerApproval } from "../payment-intents/confirm.ts";
import { answerSetup } from "../setup-intents/confirm.ts";
import { clockOfCustomer } from "../test-clocks/clock-of.ts";
import { byItself, inUnit, type Unit } from "../unit.ts";
import type { PaymentIntent, SetupIntent } from "../wire.ts";
import { idOf, type World } from "../world.ts";

const words = {
  en: {
    title: "Approve with your bank",
    asks: (merchant: string, what: string) => `${merchant} asks you to approve ${what}.`,
    saving: "saving your card for later payments",
    paying: (amount: string) => `a payment of ${amount}`,
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

/** Back where the shop waits, with what came of it. */
function returnTo(back: string, intent: PaymentIntent | SetupIntent, status: string): string {
  const target = new URL(back);
  target.searchParams.set(intent.object, intent.id);
  target.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  const done = status === "succeeded" || status === "requires_capture" || status === "processing";
  target.searchParams.set("redirect_status", done ? "succeeded" : status === "requires_action" ? "pending" : "failed");
  return target.href;
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
    const [said, own] = [words[language], checkoutWords[language]];
    const nonce = newNonce();
    const waits = intent?.status === "requires_action";
    const method = world.paymentMethods.get(idOf(intent?.payment_method) ?? "");
    const what =
      intent?.object === "payment_intent"
        ? said.paying(formatAmount(intent.amount, intent.currency, language))
        : said.saving;
    const top = html`<div class="top"><strong>${own.bank}</strong> <span class="test-mode">${own.testMode}</span></div>`;
    const card = method?.card ? html`<dt>${own.card}</dt><dd>•••• ${method.card.last4}</dd>` : "";
    const away = backOf(intent);
    const body = waits
      ? html`<main class="single bank">${top}<h1 class="wide">${said.title}</h1><p>${said.asks(world.merchantName, what)}</p>
<dl><dt>${own.merchant}</dt><dd>${world.merchantName}</dd>${card}</dl>
<form method="post"><button name="answer" value="complete" data-busy="${own.busy}">${said.complete}</button>
<button name="answer" value="fail" class="plain">${said.fail}</button>
${away === null ? "" : html`<button name="answer" value="leave" class="plain">${own.leave}</button>`}</form></main>`
      : html`<main class="single bank">${top}<h1 class="wide">${said.over}</h1><p>${said.close}</p></main>`;
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
    const answer = String((await c.req.formData()).get("answer") ?? "");
    const approved = answer === "complete";
    if (!intent) return c.notFound();
    const back = backOf(intent);
    // Whoever leaves without an answer is sent back, and the payment goes on waiting.
    if (answer === "leave" && back !== null) return c.redirect(returnTo(back, intent, intent.status), 303);
    const act = (unit: Unit) =>
      intent.object === "payment_intent" ? answerApproval(unit, intent, approved) : answerSetup(unit, intent, approved);
    const answered = inUnit(world, byItself, act, clockOfCustomer(world, intent.customer));
    if (back === null) return c.redirect(`/approve/${answered.id}`, 303);
    return c.redirect(returnTo(back, intent, answered.status), 303);
  });
  return app;
}

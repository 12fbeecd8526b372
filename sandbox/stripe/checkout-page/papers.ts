import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { newNonce, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import type { Charge, Invoice } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { type Html, page } from "./layout.ts";
import { messagePage } from "./pages.ts";

const day = (seconds: number) =>
  new Date(seconds * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

function paper(
  title: string,
  nonce: string,
  facts: readonly (readonly [string, string])[],
  lines: Html | string = "",
): Html {
  return page(
    title,
    nonce,
    html`<main class="single">
<div class="top"><span class="test-mode">Test mode</span></div>
<h1 class="wide">${title}</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${lines}
</main>`,
  );
}

function invoicePaper(invoice: Invoice, nonce: string): Html {
  const { currency } = invoice;
  const facts = [
    ["From", invoice.account_name ?? ""],
    ["To", invoice.customer_name ?? invoice.customer_email ?? ""],
    ["Date", day(invoice.status_transitions.finalized_at ?? invoice.created)],
    ["Status", invoice.status ?? ""],
    ["Total", formatAmount(invoice.total, currency)],
    ["Paid", formatAmount(invoice.amount_paid, currency)],
    ["Left to pay", formatAmount(invoice.amount_remaining, currency)],
  ] as const;
  const lines = invoice.lines.data.map(
    (
      line,
    ) => html`<li><span>${line.description}<small>${day(line.period.start)} – ${day(line.period.end)}</small></span>
<span class="sum">${formatAmount(line.amount, line.currency)}</span></li>`,
  );
  return paper(`Invoice ${invoice.number ?? ""}`, nonce, facts, html`<ul class="lines">${lines}</ul>`);
}

function receiptPaper(world: World, charge: Charge, nonce: string): Html {
  const { brand, last4 } = charge.payment_method_details?.card ?? {};
  const returned =
    charge.amount_refunded > 0 ? ([["Refunded", formatAmount(charge.amount_refunded, charge.currency)]] as const) : [];
  return paper("Receipt", nonce, [
    ["From", world.merchantName],
    ["Date", day(charge.created)],
    ["Amount", formatAmount(charge.amount, charge.currency)],
    ["Card", `${brand} •••• ${last4}`],
    ...returned,
    ["Payment", idOf(charge.payment_intent) ?? charge.id],
  ]);
}

/** What an invoice's and a receipt's address lead to. */
export function papers(world: World): Hono {
  const app = new Hono();
  const answer = (c: Context, view: ((nonce: string) => Html) | undefined) => {
    const nonce = newNonce();
    const shown =
      view ??
      ((one: string) =>
        messagePage({ language: "en", title: "There is no such paper", text: "Check the link.", nonce: one }));
    return c.html(shown(nonce), view ? 200 : 404, pageHeaders({ nonce }));
  };
  app.get("/invoices/:id", (c) => {
    const invoice = world.invoices.get(c.req.param("id"));
    return answer(c, invoice && invoice.status !== "draft" ? (nonce) => invoicePaper(invoice, nonce) : undefined);
  });
  app.get("/receipts/:id", (c) => {
    const charge = world.charges.get(c.req.param("id"));
    return answer(c, charge?.paid ? (nonce) => receiptPaper(world, charge, nonce) : undefined);
  });
  return app;
}

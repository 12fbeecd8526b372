import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { newNonce, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import { brandName } from "../cards/numbers.ts";
import type { Charge, CreditNote } from "../wire.ts";
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

function paper(title: string, nonce: string, facts: readonly (readonly [string, string])[]): Html {
  return page(
    title,
    nonce,
    html`<main class="single">
<div class="top"><span class="test-mode">Test mode</span></div>
<h1 class="wide">${title}</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</main>`,
  );
}

function receiptPaper(world: World, charge: Charge, nonce: string): Html {
  const { brand, last4 } = charge.payment_method_details?.card ?? {};
  const returned =
    charge.amount_refunded > 0 ? ([["Refunded", formatAmount(charge.amount_refunded, charge.currency)]] as const) : [];
  return paper("Receipt", nonce, [
    ["From", world.merchantName],
    ["Date", day(charge.created)],
    ["Amount", formatAmount(charge.amount, charge.currency)],
    ["Card", `${brandName(brand ?? "")} •••• ${last4}`],
    ...returned,
    ["Payment", idOf(charge.payment_intent) ?? charge.id],
  ]);
}

function creditPaper(world: World, note: CreditNote, nonce: string): Html {
  const invoice = world.invoices.get(idOf(note.invoice) ?? "");
  const lines = note.lines.data.map(
    (line) => [line.description ?? note.number, formatAmount(line.amount, note.currency)] as const,
  );
  return paper("Credit note", nonce, [
    ["From", world.merchantName],
    ["Number", note.number],
    ["For invoice", invoice?.number ?? ""],
    ["Date", day(note.created)],
    ...lines,
    ["Total", formatAmount(note.total, note.currency)],
    ...(note.status === "void" ? ([["Status", "Void"]] as const) : []),
  ]);
}

/** What a receipt's address, and a credit note's, lead to. */
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
  app.get("/receipts/:id", (c) => {
    const charge = world.charges.get(c.req.param("id"));
    return answer(c, charge?.paid ? (nonce) => receiptPaper(world, charge, nonce) : undefined);
  });
  app.get("/credit_notes/:id", (c) => {
    const note = world.creditNotes.get(c.req.param("id"));
    return answer(c, note && ((nonce) => creditPaper(world, note, nonce)));
  });
  return app;
}

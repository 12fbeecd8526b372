import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newNonce, originOf, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import { cardByNumber } from "../cards/look-up.ts";
import { readExpiry } from "../checkout-page/form.ts";
import { messagePage } from "../checkout-page/pages.ts";
import { checkoutWords } from "../checkout-page/words.ts";
import { type Printed, pdfOf } from "../invoice-pdf/pdf.ts";
import { cardFor, expectedPayment } from "../invoices/collect.ts";
import { newCardMethod } from "../payment-methods/shape.ts";
import { languageOf } from "../portal-page/words.ts";
import { collectFor } from "../subscriptions/standing.ts";
import { clockOfCustomer } from "../test-clocks/clock-of.ts";
import { byItself, change, inUnit, type Unit } from "../unit.ts";
import type { Invoice, PaymentIntent, PaymentMethod, TaxRate } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { invoicePage } from "./page.ts";
import { paperOf } from "./paper.ts";
import { invoiceWords } from "./words.ts";

/** The card that was typed in; undefined when it is no test card that is still valid. */
function typedCard(unit: Unit, form: URLSearchParams): PaymentMethod | undefined {
  const behavior = cardByNumber((form.get("number") ?? "").replace(/\D/g, ""));
  const expiry = readExpiry((form.get("expiry") ?? "").trim());
  const today = new Date(unit.now * 1000);
  const past = expiry && expiry.year * 12 + expiry.month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (!behavior || !expiry || expiry.month > 12 || past) return undefined;
  const entry = { behavior, expMonth: expiry.month, expYear: expiry.year };
  return newCardMethod(unit, { ...entry, email: null, name: null, country: null, postalCode: null });
}

/** What paying came to: done, the address where the bank asks, or why not. */
type Paid = { done: true } | { approvalUrl: string } | { refusal: "badCard" | { code: string; message: string } };

function payOpen(unit: Unit, open: Invoice, form: URLSearchParams, back: string): Paid {
  const method = form.has("saved") ? cardFor(unit.world, open) : typedCard(unit, form);
  if (!method) return { refusal: "badCard" };
  const { intent: waiting } = expectedPayment(unit, open);
  if (waiting.status === "requires_action" && idOf(waiting.payment_method) === method.id)
    return { approvalUrl: approvalOf(unit, waiting, back) };
  const collected = collectFor(unit, open, { method, offSession: false });
  if (collected.outcome === "paid" || collected.outcome === "processing") return { done: true };
  if (collected.outcome === "declined")
    return {
      refusal: {
        code: collected.decline?.declineCode ?? collected.decline?.code ?? "card_declined",
        message: collected.decline?.message ?? "Your card was declined.",
      },
    };
  return { approvalUrl: approvalOf(unit, collected.intent, back) };
}

/** Where the bank asks, and leads back from. */
function approvalOf(unit: Unit, intent: PaymentIntent, back: string): string {
  const url = intent.next_action?.redirect_to_url?.url ?? `${unit.world.publicUrl}/approve/${intent.id}`;
  const next = { redirect_to_url: { return_url: back, url }, type: "redirect_to_url" };
  change(unit, unit.world.paymentIntents, intent, { next_action: next });
  return url;
}

const ratesOf = (world: World, invoice: Invoice): TaxRate[] =>
  (invoice.total_taxes ?? []).flatMap((one) => world.taxRates.get(one.tax_rate_details?.tax_rate ?? "") ?? []);

/** A document as it is sent: shown by the browser, and saved under its number. */
function sendPdf(c: Context, name: string, paper: Printed): Response {
  c.header("Content-Type", "application/pdf");
  c.header("Content-Disposition", `inline; filename="${name.replace(/[^\w-]/g, "")}.pdf"`);
  c.header("X-Content-Type-Options", "nosniff");
  return c.body(pdfOf(paper));
}

/** What `hosted_invoice_url` leads to. */
export function invoicePages(world: World): Hono {
  const app = new Hono();
  app.use("/invoices/*", bodyLimit({ maxSize: 16_000 }));

  const show = (c: Context, invoice: Invoice | undefined, refusal: string | null) => {
    const nonce = newNonce();
    const language = languageOf(null, c.req.header("accept-language"));
    const words = invoiceWords[language];
    if (!invoice || invoice.status === "draft")
      return c.html(
        String(messagePage({ language, title: words.missing, text: words.check, nonce })),
        404,
        pageHeaders({ nonce }),
      );
    const view = { language, invoice, card: cardFor(world, invoice), rates: ratesOf(world, invoice), refusal, nonce };
    const own = originOf(world.publicUrl);
    return c.html(String(invoicePage(view)), 200, pageHeaders({ nonce, formTargets: own === undefined ? [] : [own] }));
  };

  app.get("/invoices/:id/pdf", (c) => {
    const invoice = world.invoices.get(c.req.param("id"));
    if (!invoice || invoice.status === "draft") return show(c, undefined, null);
    const [preferred] = world.customers.get(idOf(invoice.customer) ?? "")?.preferred_locales ?? [];
    const language = languageOf(preferred ?? null, c.req.header("accept-language"));
    const words = invoiceWords[language];
    const paper = paperOf(invoice, language, ratesOf(world, invoice));
    return sendPdf(c, invoice.number ?? invoice.id, { ...paper, mark: words.testMode, more: words.more });
  });
  app.get("/credit_notes/:id/pdf", (c) => {
    const note = world.creditNotes.get(c.req.param("id"));
    if (!note) return show(c, undefined, null);
    const words = invoiceWords[languageOf(null, c.req.header("accept-language"))];
    const sum = (amount: number) => formatAmount(amount, note.currency);
    const invoice = world.invoices.get(idOf(note.invoice) ?? "");
    return sendPdf(c, note.number, {
      title: words.creditNote(note.number),
      mark: words.testMode,
      more: words.more,
      facts: [
        [words.from, world.merchantName],
        [words.ofInvoice, invoice?.number ?? ""],
      ],
      lines: note.lines.data.map((line) => ({ text: line.description ?? "", span: "", sum: sum(line.amount) })),
      sums: [[words.total, sum(note.total)]],
      memo: note.memo,
      footer: null,
    });
  });
  app.get("/invoices/:id", (c) => show(c, world.invoices.get(c.req.param("id")), null));
  app.post("/invoices/:id", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const invoice = world.invoices.get(c.req.param("id"));
    if (invoice?.status !== "open") return show(c, invoice, null);
    const back = `${world.publicUrl}/invoices/${invoice.id}`;
    const clock = clockOfCustomer(world, invoice.customer);
    const paid = inUnit(world, byItself, (unit) => payOpen(unit, invoice, form, back), clock);
    if ("approvalUrl" in paid) return c.redirect(paid.approvalUrl, 303);
    if ("done" in paid) return c.redirect(`/invoices/${invoice.id}`, 303);
    const language = languageOf(null, c.req.header("accept-language"));
    const words = invoiceWords[language];
    const why =
      paid.refusal === "badCard"
        ? words.badCard
        : words.refused(checkoutWords[language].declines[paid.refusal.code] ?? paid.refusal.message);
    return show(c, world.invoices.get(invoice.id), why);
  });
  return app;
}

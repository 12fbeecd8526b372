import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { newNonce, pageHeaders } from "../../http-security.ts";
import { formatAmount } from "../amounts.ts";
import { brandName } from "../cards/numbers.ts";
import { languageOf } from "../portal-page/words.ts";
import type { Charge, CreditNote } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { type Html, page } from "./layout.ts";
import { messagePage } from "./pages.ts";

type Language = "en" | "sv";

const en = {
  amount: "Amount",
  card: "Card",
  check: "Check the link.",
  creditNote: "Credit note",
  date: "Date",
  forInvoice: "For invoice",
  from: "From",
  missing: "There is no such paper",
  number: "Number",
  payment: "Payment",
  receipt: "Receipt",
  refunded: "Refunded",
  status: "Status",
  testMode: "Test mode",
  total: "Total",
  void: "Void",
};

const sv: typeof en = {
  amount: "Belopp",
  card: "Kort",
  check: "Kontrollera länken.",
  creditNote: "Kreditfaktura",
  date: "Datum",
  forInvoice: "För faktura",
  from: "Från",
  missing: "Det finns inget sådant papper",
  number: "Nummer",
  payment: "Betalning",
  receipt: "Kvitto",
  refunded: "Återbetalt",
  status: "Status",
  testMode: "Testläge",
  total: "Summa",
  void: "Makulerad",
};

const words = { en, sv };

const day = (seconds: number, language: Language) =>
  new Date(seconds * 1000).toLocaleDateString(language === "sv" ? "sv-SE" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

/** How a paper is shown: in whose language, and under which nonce. */
interface Shown {
  language: Language;
  nonce: string;
}

function paper(title: string, { language, nonce }: Shown, facts: readonly (readonly [string, string])[]): Html {
  return page(
    title,
    nonce,
    html`<main class="single">
<div class="top"><span class="test-mode">${words[language].testMode}</span></div>
<h1 class="wide">${title}</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</main>`,
    language,
  );
}

function receiptPaper(world: World, charge: Charge, shown: Shown): Html {
  const { language } = shown;
  const said = words[language];
  const { brand, last4 } = charge.payment_method_details?.card ?? {};
  const returned =
    charge.amount_refunded > 0
      ? ([[said.refunded, formatAmount(charge.amount_refunded, charge.currency, language)]] as const)
      : [];
  return paper(said.receipt, shown, [
    [said.from, world.merchantName],
    [said.date, day(charge.created, language)],
    [said.amount, formatAmount(charge.amount, charge.currency, language)],
    [said.card, `${brandName(brand ?? "")} •••• ${last4}`],
    ...returned,
    [said.payment, idOf(charge.payment_intent) ?? charge.id],
  ]);
}

function creditPaper(world: World, note: CreditNote, shown: Shown): Html {
  const { language } = shown;
  const said = words[language];
  const invoice = world.invoices.get(idOf(note.invoice) ?? "");
  const lines = note.lines.data.map(
    (line) => [line.description ?? note.number, formatAmount(line.amount, note.currency, language)] as const,
  );
  return paper(said.creditNote, shown, [
    [said.from, world.merchantName],
    [said.number, note.number],
    [said.forInvoice, invoice?.number ?? ""],
    [said.date, day(note.created, language)],
    ...lines,
    [said.total, formatAmount(note.total, note.currency, language)],
    ...(note.status === "void" ? ([[said.status, said.void]] as const) : []),
  ]);
}

/** What a receipt's address, and a credit note's, lead to. */
export function papers(world: World): Hono {
  const app = new Hono();
  const answer = (c: Context, view: ((shown: Shown) => Html) | undefined) => {
    const [nonce, language] = [newNonce(), languageOf(null, c.req.header("accept-language"))];
    const { check, missing } = words[language];
    const body = view?.({ language, nonce }) ?? messagePage({ language, title: missing, text: check, nonce });
    return c.html(body, view ? 200 : 404, pageHeaders({ nonce }));
  };
  app.get("/receipts/:id", (c) => {
    const charge = world.charges.get(c.req.param("id"));
    return answer(c, charge?.paid ? (shown) => receiptPaper(world, charge, shown) : undefined);
  });
  app.get("/credit_notes/:id", (c) => {
    const note = world.creditNotes.get(c.req.param("id"));
    return answer(c, note && ((shown) => creditPaper(world, note, shown)));
  });
  return app;
}

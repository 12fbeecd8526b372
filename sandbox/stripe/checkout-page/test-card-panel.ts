import { html } from "hono/html";
import { testCards } from "../cards/test-cards.ts";
import { failingIban, goodIban } from "../payment-intents/debit.ts";
import type { Language } from "../portal-page/words.ts";
import type { Html } from "./layout.ts";
import { checkoutWords } from "./words.ts";

/** What the helper says of each test card, in Swedish. */
const swedish: Record<string, string> = {
  Succeeds: "Går igenom",
  "Succeeds (Mastercard)": "Går igenom (Mastercard)",
  "Succeeds (American Express)": "Går igenom (American Express)",
  "Succeeds (Visa debit)": "Går igenom (Visa betalkort)",
  "Succeeds (Discover)": "Går igenom (Discover)",
  Declined: "Nekas",
  "Declined: insufficient funds": "Nekas: pengarna räcker inte",
  "Declined: lost card": "Nekas: förlorat kort",
  "Declined: stolen card": "Nekas: stulet kort",
  "Declined: expired card": "Nekas: kortet har gått ut",
  "Declined: incorrect CVC": "Nekas: fel CVC",
  "Declined: processing error": "Nekas: fel hos banken",
  "Declined: too many attempts": "Nekas: för många försök",
  "Can be saved, then every charge fails": "Kan sparas, sedan nekas varje dragning",
  "3-D Secure, then succeeds": "3-D Secure, går sedan igenom",
  "3-D Secure on the first payment": "3-D Secure vid första betalningen",
  "3-D Secure on every payment": "3-D Secure vid varje betalning",
  "3-D Secure, then insufficient funds": "3-D Secure, sedan räcker inte pengarna",
  "3-D Secure, then declined": "3-D Secure, nekas sedan",
  "Set up already: succeeds off-session": "Redan godkänt: går igenom i efterhand",
  "3-D Secure supported and not needed": "3-D Secure finns och behövs inte",
  "Succeeds, then is disputed as fraudulent": "Går igenom, bestrids sedan som bedrägeri",
  "Succeeds, then is disputed as not received": "Går igenom, bestrids sedan som ej mottaget",
  "Succeeds, then the bank inquires": "Går igenom, sedan frågar banken",
  "Succeeds; refunds arrive a day later": "Går igenom; återbetalning efter en dag",
  "Succeeds; refunds fail a day later": "Går igenom; återbetalning misslyckas efter en dag",
  "Blocked as too risky": "Stoppas: för stor risk",
  "Succeeds, available at once": "Går igenom, tillgängligt direkt",
};

/** As it is printed on the card: four by four, or 4-6-5. */
function grouped(number: string): string {
  return number.length === 15
    ? `${number.slice(0, 4)} ${number.slice(4, 10)} ${number.slice(10)}`
    : number.replace(/(.{4})(?=.)/g, "$1 ");
}

/** The test cards beside the form, each a press away. Outside the form, so that nobody takes them for a part of it. */
export function testCardPanel(language: Language, expiryYear: number, debit: boolean): Html {
  const words = checkoutWords[language];
  const expiry = `12 / ${String(expiryYear % 100).padStart(2, "0")}`;
  const said = (text: string) => (language === "sv" ? (swedish[text] ?? text) : text);
  const accounts = [
    [goodIban, "Succeeds"],
    [failingIban, "Declined"],
  ] as const;
  return html`<details class="cards" aria-label="${words.testCards}"><summary>${words.testCards}</summary>
<p class="mandate">${words.testCardsText}</p>
<table><tbody>${testCards.map(
    (card) => html`<tr><td><code>${grouped(card.number)}</code></td><td>${said(card.says)}</td>
<td><button type="button" class="plain fill" hidden data-fill="${card.number}" data-expiry="${expiry}" aria-label="${words.useCard(card.number.slice(-4))}">${words.use}</button></td></tr>`,
  )}${debit ? accounts.map(([iban, says]) => html`<tr><td><code>${grouped(iban)}</code></td><td>${words.debit}: ${said(says)}</td><td></td></tr>`) : ""}</tbody></table></details>`;
}

import { Action, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const count = (locale: "sv" | "en", credits: number) => credits.toLocaleString(locale === "sv" ? "sv-SE" : "en-GB");

const WORDS = {
  sv: {
    low: (left: string) => `Du har ${left} krediter kvar`,
    because: (below: string) => `Du ville veta när det är färre än ${below}.`,
    buy: "Köp krediter",
  },
  en: {
    low: (left: string) => `You have ${left} credits left`,
    because: (below: string) => `You wanted to know when there are fewer than ${below}.`,
    buy: "Purchase credits",
  },
};

/** Credits are running low, as low as their owner asked to be told of. */
export const creditsLow: Template<"credits-low"> = (locale, { available, below, creditsUrl }) => {
  const words = WORDS[locale];
  const subject = words.low(count(locale, available));
  const because = words.because(count(locale, below));
  return {
    subject,
    preview: because,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{because}</Paragraph>
        <Action href={creditsUrl}>{words.buy}</Action>
      </>
    ),
  };
};

const REASONS = {
  sv: {
    no_card: "Det finns inget sparat kort. Köp krediter en gång och välj att spara kortet.",
    declined: "Banken nekade betalningen. Inga pengar har dragits. Köp krediter med ett annat kort och spara det.",
    approval:
      "Banken vill att du godkänner betalningen själv. Inga pengar har dragits. Köp krediter, så får du frågan.",
    not_for_sale: "Paketet säljs inte längre. Välj ett annat.",
    mismatch:
      "Betalningen stämmer inte med köpet. Vi har fått besked och reder ut det; inga fler köp görs av sig själva tills du sparar inställningarna igen.",
    disputed:
      "Ett köp av krediter har bestridits hos banken. Inga fler köp görs av sig själva tills du sparar inställningarna igen.",
    refunded:
      "Ett köp av krediter har betalats tillbaka. Inga fler köp görs av sig själva tills du sparar inställningarna igen.",
    daily_cap: "Det hade blivit mer än du tillåter per dag. I morgon går det igen, eller höj gränsen.",
    monthly_cap: "Det hade blivit mer än du tillåter per månad. Höj gränsen, eller köp själv.",
  },
  en: {
    no_card: "There is no saved card. Purchase credits once and choose to keep the card.",
    declined: "The bank declined the payment. No money was taken. Purchase credits with another card and keep it.",
    approval:
      "The bank wants you to approve the payment yourself. No money was taken. Purchase credits, and you are asked.",
    not_for_sale: "The pack is no longer for sale. Choose another.",
    mismatch:
      "The payment does not match the purchase. We have been told and are sorting it out; nothing more is purchased by itself until you save the settings again.",
    disputed:
      "A purchase of credits was disputed at the bank. Nothing more is purchased by itself until you save the settings again.",
    refunded:
      "A purchase of credits was paid back. Nothing more is purchased by itself until you save the settings again.",
    daily_cap: "It would have been more than you allow in a day. Tomorrow it works again, or raise the limit.",
    monthly_cap: "It would have been more than you allow in a month. Raise the limit, or purchase yourself.",
  },
} as const;

const FAILED = {
  sv: { subject: "Inga krediter fylldes på", settings: "Till inställningarna" },
  en: { subject: "No credits were topped up", settings: "To the settings" },
};

/** Credits were not topped up: why, what it means for the money, what to do. */
export const topUpFailed: Template<"top-up-failed"> = (locale, { reason, settingsUrl }) => {
  const words = FAILED[locale];
  const why = REASONS[locale][reason];
  return {
    subject: words.subject,
    preview: why,
    body: (
      <>
        <Title>{words.subject}</Title>
        <Paragraph>{why}</Paragraph>
        <Action href={settingsUrl}>{words.settings}</Action>
      </>
    ),
  };
};

import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { PaymentNotice } from "../membership-mails.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

type Facts = {
  readonly sum: string;
  readonly product: string;
  readonly organization: string;
  readonly next: string | null;
  readonly card: string | null;
};
type Words = {
  readonly subject: (of: Facts) => string;
  readonly text: (of: Facts) => string;
  readonly note?: string;
};

const WORDS: Record<"sv" | "en", Record<PaymentNotice["what"], Words>> = {
  sv: {
    recovered: {
      subject: ({ sum }) => `Betalningen på ${sum} är klar`,
      text: ({ product, next }) =>
        `Allt är som vanligt med ${product}.${next ? ` Nästa betalning dras den ${next}.` : ""}`,
    },
    locked: {
      subject: ({ sum, product }) => `${product} är låst tills ${sum} är betalt`,
      text: ({ sum, product }) =>
        `Betalningen på ${sum} har inte gått igenom och tiden du hade på dig är slut. Byt kort så dras ${sum} direkt och ${product} gäller igen.`,
      note: "Länken gäller bara kortet för det här köpet, i 30 dagar. Dela den inte.",
    },
    payer: {
      subject: ({ organization }) => `Du betalar nu för ${organization}`,
      text: ({ product, sum, next, card }) =>
        `Det gäller ${product}.${next ? ` Nästa betalning är ${sum} den ${next}.` : ""} ${
          card ? `Den dras från ${card}, som var där förut, tills du byter kort.` : "Lägg till ditt kort."
        }`,
      note: "Länken gäller bara kortet för det här köpet, i 30 dagar. Dela den inte.",
    },
  },
  en: {
    recovered: {
      subject: ({ sum }) => `The payment of ${sum} is complete`,
      text: ({ product, next }) =>
        `Everything is back to normal with ${product}.${next ? ` The next payment is charged on ${next}.` : ""}`,
    },
    locked: {
      subject: ({ sum, product }) => `${product} is locked until ${sum} is paid`,
      text: ({ sum, product }) =>
        `The payment of ${sum} has not gone through and the time you had is over. Change the card, and ${sum} is charged at once and ${product} counts again.`,
      note: "The link is for the card of this purchase alone, for 30 days. Do not share it.",
    },
    payer: {
      subject: ({ organization }) => `You now pay for ${organization}`,
      text: ({ product, sum, next, card }) =>
        `It is for ${product}.${next ? ` The next payment is ${sum} on ${next}.` : ""} ${
          card ? `It is charged to ${card}, which was there before, until you change the card.` : "Add your card."
        }`,
      note: "The link is for the card of this purchase alone, for 30 days. Do not share it.",
    },
  },
};

/** How it stands with what is paid for: made after all, locked, or somebody else's to pay from now on. */
export const paymentNotice: Template<"payment-notice"> = (locale, notice) => {
  const say = t(locale);
  const words = WORDS[locale][notice.what];
  const facts: Facts = {
    sum: formatMoney(notice.sum, locale, "ledger"),
    product: notice.productName,
    organization: notice.organization ?? "",
    next: notice.nextPaymentAt && formatDate(notice.nextPaymentAt, locale, "prose"),
    card: notice.card && say("checkout.card", notice.card),
  };
  const subject = words.subject(facts);
  const text = words.text(facts);
  return {
    subject,
    preview: text,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{text}</Paragraph>
        <Action href={notice.url}>
          {say(notice.what === "recovered" ? "checkout.return.toMembership" : "checkout.return.changeCard")}
        </Action>
        {words.note && <Note>{words.note}</Note>}
      </>
    ),
  };
};

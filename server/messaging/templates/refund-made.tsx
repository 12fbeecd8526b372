import { formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (sum: string) => `Vi har betalat tillbaka ${sum}`,
    text: (sum: string, number: string) => `${sum} för order ${number} är på väg tillbaka.`,
    to: (card: string) => `Pengarna går till ${card}.`,
    when: "Det brukar ta 5 till 10 bankdagar innan banken visar dem.",
    action: "Se ordern",
  },
  en: {
    subject: (sum: string) => `We have refunded ${sum}`,
    text: (sum: string, number: string) => `${sum} for order ${number} is on its way back.`,
    to: (card: string) => `The money goes to ${card}.`,
    when: "It usually takes 5 to 10 working days before the bank shows it.",
    action: "View order",
  },
};

/** Money was paid back: how much, for what, to which card. */
export const refundMade: Template<"refund-made"> = (locale, { number, sum, card, orderUrl }) => {
  const words = WORDS[locale];
  const written = formatMoney(sum, locale, "ledger");
  const subject = words.subject(written);
  return {
    subject,
    preview: words.text(written, number),
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>
          {words.text(written, number)} {card ? words.to(t(locale)("checkout.card", card)) : null}
        </Paragraph>
        <Action href={orderUrl}>{words.action}</Action>
        <Note>{words.when}</Note>
      </>
    ),
  };
};

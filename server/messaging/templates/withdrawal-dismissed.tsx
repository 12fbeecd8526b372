import { Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Din ånger av order ${number} är stängd`,
    why: (reason: string) => `Vi har gått igenom det du skrev. Inget är ångrat och inget betalas tillbaka: ${reason}`,
    because: "Du får det här mejlet för att den här adressen skrevs när ett köp ångrades hos oss.",
    appeal:
      "Svara på mejlet om du ser det på ett annat sätt. Du kan också vända dig till Allmänna reklamationsnämnden.",
  },
  en: {
    subject: (number: string) => `Your withdrawal from order ${number} is closed`,
    why: (reason: string) =>
      `We have looked at what you wrote. Nothing is withdrawn from and nothing is refunded: ${reason}`,
    because: "You receive this email because this address was given when withdrawing from a purchase with us.",
    appeal:
      "Reply to this mail if you see it differently. You can also turn to the Swedish National Board for Consumer Disputes (ARN).",
  },
};

/** Staff closed what somebody said without a link, and why. */
export const withdrawalDismissed: Template<"withdrawal-dismissed"> = (locale, { number, reason }) => {
  const words = WORDS[locale];
  const subject = words.subject(number);
  return {
    subject,
    preview: reason,
    why: words.because,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{words.why(reason)}</Paragraph>
        <Note>{words.appeal}</Note>
      </>
    ),
  };
};

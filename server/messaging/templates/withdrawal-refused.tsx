import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Inget betalas tillbaka för order ${number}`,
    why: (reason: string) => `Vi har gått igenom att du ångrade köpet. Inget betalas tillbaka: ${reason}`,
    appeal:
      "Svara på mejlet om du ser det på ett annat sätt. Du kan också vända dig till Allmänna reklamationsnämnden.",
    action: "Se ordern",
  },
  en: {
    subject: (number: string) => `Nothing is refunded for order ${number}`,
    why: (reason: string) => `We have looked at your withdrawal. Nothing is refunded: ${reason}`,
    appeal:
      "Reply to this mail if you see it differently. You can also turn to the Swedish National Board for Consumer Disputes (ARN).",
    action: "View order",
  },
};

/** A person decided that nothing is paid back, and why. */
export const withdrawalRefused: Template<"withdrawal-refused"> = (locale, { number, reason, orderUrl }) => {
  const words = WORDS[locale];
  const subject = words.subject(number);
  return {
    subject,
    preview: reason,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{words.why(reason)}</Paragraph>
        <Action href={orderUrl}>{words.action}</Action>
        <Note>{words.appeal}</Note>
      </>
    ),
  };
};

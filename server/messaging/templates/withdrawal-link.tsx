import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Ångra order ${number}`,
    text: "Här är länken som visar ordern och vad du får tillbaka. Inget är ångrat förrän du bekräftar på sidan.",
    action: "Fortsätt till ordern",
    unasked: "Bad du inte om länken behöver du inte göra något.",
  },
  en: {
    subject: (number: string) => `Withdraw from order ${number}`,
    text: "Here is the link that shows the order and what you get back. Nothing is withdrawn until you confirm on the page.",
    action: "Continue to the order",
    unasked: "If you did not ask for the link, you do not need to do anything.",
  },
};

/** The way to take an order back for whoever has its number and its mailbox. */
export const withdrawalLink: Template<"withdrawal-link"> = (locale, { number, withdrawUrl }) => {
  const words = WORDS[locale];
  const subject = words.subject(number);
  return {
    subject,
    preview: words.text,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{words.text}</Paragraph>
        <Action href={withdrawUrl}>{words.action}</Action>
        <Note>{words.unasked}</Note>
      </>
    ),
  };
};

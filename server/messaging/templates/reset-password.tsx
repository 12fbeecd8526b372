import { SECRET_LINK } from "../secret-placeholder.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: "Välj ett nytt lösenord",
    what: "Du bad om ett nytt lösenord till ditt konto hos Kraftverk. När du har valt det loggas du ut på alla enheter. API-nycklar fortsätter att gälla: avsluta dem under Säkerhet om någon annan kan ha sett dem.",
    action: "Välj nytt lösenord",
    note: "Länken gäller i 30 minuter och kan användas en gång. Om du inte bad om den gäller ditt gamla lösenord fortfarande.",
  },
  en: {
    subject: "Choose a new password",
    what: "You asked for a new password for your Kraftverk account. Once you have chosen it, you are signed out on every device. API keys go on working: end them under Security if somebody else may have seen them.",
    action: "Choose a new password",
    note: "The link is valid for 30 minutes and works once. If you did not ask for it, your old password is still in force.",
  },
};

/** The way back in. */
export const resetPassword: Template<"reset-password"> = (locale) => {
  const words = WORDS[locale];
  return {
    subject: words.subject,
    preview: words.what,
    body: (
      <>
        <Title>{words.subject}</Title>
        <Paragraph>{words.what}</Paragraph>
        <Action href={SECRET_LINK}>{words.action}</Action>
        <Note>{words.note}</Note>
      </>
    ),
  };
};

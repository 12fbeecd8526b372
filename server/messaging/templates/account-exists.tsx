import { SECRET_LINK } from "../secret-placeholder.ts";
import { Action, Note, Paragraph, TextLink, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: "Du har redan ett konto",
    what: "Någon, kanske du, ville skapa ett konto hos Kraftverk med den här adressen. Det finns redan ett, så inget nytt skapades.",
    signIn: "Logga in",
    rest: " om du kommer ihåg lösenordet, eller välj ett nytt.",
    action: "Välj nytt lösenord",
    note: "Länken gäller i 30 minuter och kan användas en gång. Om det inte var du behöver du inte göra något: kontot är orört.",
  },
  en: {
    subject: "You already have an account",
    what: "Somebody, perhaps you, wanted to create a Kraftverk account with this address. There is one already, so no new one was made.",
    signIn: "Sign in",
    rest: " if you remember the password, or choose a new one.",
    action: "Choose a new password",
    note: "The link is valid for 30 minutes and works once. If it was not you, you do not need to do anything: the account is untouched.",
  },
};

/** Instead of a second account: what a sign-up with a taken address tells its owner, and only its owner. */
export const accountExists: Template<"account-exists"> = (locale, _props, sender) => {
  const words = WORDS[locale];
  return {
    subject: words.subject,
    preview: words.what,
    body: (
      <>
        <Title>{words.subject}</Title>
        <Paragraph>{words.what}</Paragraph>
        <Paragraph>
          <TextLink href={new URL("/login", sender.baseUrl).href}>{words.signIn}</TextLink>
          {words.rest}
        </Paragraph>
        <Action href={SECRET_LINK}>{words.action}</Action>
        <Note>{words.note}</Note>
      </>
    ),
  };
};

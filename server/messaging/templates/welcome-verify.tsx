import { SECRET_LINK } from "../secret-placeholder.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: "Bekräfta din e-postadress",
    title: "Bekräfta din adress",
    hello: (name: string | null) =>
      name ? `Hej ${name}, ditt konto hos Kraftverk är nästan klart.` : "Ditt konto hos Kraftverk är nästan klart.",
    why: "Bekräfta att adressen är din, med lösenordet du valde.",
    action: "Bekräfta adressen",
    note: "Länken gäller i 48 timmar och kan användas en gång. Om du inte har skapat något konto behöver du inte göra något.",
  },
  en: {
    subject: "Confirm your email address",
    title: "Confirm your address",
    hello: (name: string | null) =>
      name ? `Hello ${name}, your Kraftverk account is almost ready.` : "Your Kraftverk account is almost ready.",
    why: "Confirm that the address is yours, with the password you chose.",
    action: "Confirm the address",
    note: "The link is valid for 48 hours and works once. If you have not created an account, you do not need to do anything.",
  },
};

/** After signing up: confirm the address. */
export const welcomeVerify: Template<"welcome-verify"> = (locale, { name }) => {
  const words = WORDS[locale];
  return {
    subject: words.subject,
    preview: words.why,
    body: (
      <>
        <Title>{words.title}</Title>
        <Paragraph>
          {words.hello(name)} {words.why}
        </Paragraph>
        <Action href={SECRET_LINK}>{words.action}</Action>
        <Note>{words.note}</Note>
      </>
    ),
  };
};

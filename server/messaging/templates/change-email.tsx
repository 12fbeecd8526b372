import { SECRET_LINK } from "../secret-placeholder.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

type Words = { subject: string; what: string; action?: string; note: string; why?: string };
type Notice = Template<"change-email" | "email-in-use" | "email-changed" | "staff-invitation">;

/** A subject, what it is about, perhaps one thing to press, and what to do when it was somebody else. */
function notice(words: Record<"sv" | "en", Words>): Notice {
  return (locale) => {
    const { subject, what, action, note, why } = words[locale];
    return {
      subject,
      preview: what,
      ...(why === undefined ? {} : { why }),
      body: (
        <>
          <Title>{subject}</Title>
          <Paragraph>{what}</Paragraph>
          {action && <Action href={SECRET_LINK}>{action}</Action>}
          <Note>{note}</Note>
        </>
      ),
    };
  };
}

/** To the new address: nothing changes before the link is followed. */
export const changeEmail = notice({
  sv: {
    subject: "Bekräfta din nya e-postadress",
    what: "Du har bett om att använda den här adressen för ditt konto hos Kraftverk.",
    action: "Använd den här adressen",
    note: "Länken gäller i en timme, kan användas en gång och öppnar bara för den som är inloggad på kontot. Om du inte bad om det behöver du inte göra något.",
  },
  en: {
    subject: "Confirm your new email address",
    what: "You asked to use this address for your Kraftverk account.",
    action: "Use this address",
    note: "The link is valid for one hour, works once, and only for whoever is signed in to the account. If you did not ask for it, there is nothing you need to do.",
  },
});

/** To an address that has an account: somebody else wanted to change theirs to it. */
export const emailInUse = notice({
  sv: {
    subject: "Någon ville använda din e-postadress",
    what: "Någon ville byta till den här adressen för ett annat konto hos Kraftverk. Adressen hör till ditt konto, så inget har ändrats.",
    note: "Du behöver inte göra något.",
  },
  en: {
    subject: "Somebody wanted to use your email address",
    what: "Somebody wanted to change another Kraftverk account to this address. It belongs to your account, so nothing was changed.",
    note: "There is nothing you need to do.",
  },
});

/** To the old address: the way back, for seven days. */
export const emailChanged = notice({
  sv: {
    subject: "Din e-postadress har bytts",
    what: "Ditt konto hos Kraftverk har en ny e-postadress, och mejl går dit från och med nu.",
    action: "Det var inte jag",
    note: "Länken gäller i sju dagar. Den ger kontot den här adressen tillbaka, loggar ut alla och låter dig välja ett nytt lösenord.",
  },
  en: {
    subject: "Your email address has been changed",
    what: "Your Kraftverk account has a new email address, and mail goes there from now on.",
    action: "It was not me",
    note: "The link is valid for seven days. It gives the account this address back, signs everybody out and lets you choose a new password.",
  },
});

/** To somebody who is asked to work here. */
export const staffInvitation = notice({
  sv: {
    subject: "Du är inbjuden att arbeta i butiken",
    what: "Butikens ägare har bjudit in dig till kontoret hos Kraftverk.",
    action: "Tacka ja",
    note: "Länken gäller i sju dagar och kan användas en gång. Om du inte väntade dig den behöver du inte göra något.",
    why: "Du får det här mejlet för att någon har bjudit in den här adressen.",
  },
  en: {
    subject: "You are invited to work in the shop",
    what: "The shop's owner has invited you to Kraftverk's back office.",
    action: "Accept",
    note: "The link is valid for seven days and works once. If you did not expect it, there is nothing you need to do.",
    why: "You receive this email because somebody has invited this address.",
  },
});

import { SECRET_LINK } from "../secret-placeholder.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const ROLES = {
  sv: { owner: "ägare", admin: "administratör", billing: "ansvarig för betalningen", member: "medlem" },
  en: { owner: "an owner", admin: "an admin", billing: "somebody who looks after the payment", member: "a member" },
} as const;

/** Somebody is asked into a company. */
export const organizationInvitation: Template<"organization-invitation"> = (locale, props) => {
  const { organization, invitedBy } = props;
  const role = ROLES[locale][props.role];
  const words =
    locale === "sv"
      ? {
          subject: `Du är inbjuden till ${organization}`,
          what: invitedBy
            ? `${invitedBy} har bjudit in dig till ${organization} hos Kraftverk, som ${role}.`
            : `Du har blivit inbjuden till ${organization} hos Kraftverk, som ${role}.`,
          why: "Du får det här mejlet för att någon har bjudit in den här adressen.",
          action: "Se inbjudan",
          note: "Länken gäller i sju dagar, kan användas en gång och bara av dig. Om du inte väntade dig den behöver du inte göra något.",
        }
      : {
          subject: `You are invited to ${organization}`,
          what: invitedBy
            ? `${invitedBy} has invited you to ${organization} at Kraftverk, as ${role}.`
            : `You have been invited to ${organization} at Kraftverk, as ${role}.`,
          why: "You receive this email because somebody has invited this address.",
          action: "See the invitation",
          note: "The link is valid for seven days, works once and only for you. If you did not expect it, there is nothing you need to do.",
        };
  return {
    subject: words.subject,
    preview: words.what,
    why: words.why,
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

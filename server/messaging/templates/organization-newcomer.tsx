import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const NEWCOMER = {
  sv: {
    joined: {
      subject: (who: string, organization: string) => `${who} har gått med i ${organization}`,
      text: (who: string, email: string) =>
        `${who} (${email}) gick med genom företagets e-postdomän, som medlem, och har fått en plats.`,
      action: "Se medlemmarna",
    },
    asked: {
      subject: (who: string, organization: string) => `${who} vill gå med i ${organization}`,
      text: (who: string, email: string) =>
        `${who} (${email}) har en adress på företagets e-postdomän och ber om att få gå med.`,
      action: "Svara",
    },
    full: {
      subject: (who: string, organization: string) => `${who} vill gå med i ${organization}, men alla platser är tagna`,
      text: (who: string, email: string) =>
        `${who} (${email}) har en adress på företagets e-postdomän och ville gå med, men ingen plats är ledig. Skaffa en plats till eller ta tillbaka en innan du släpper in dem.`,
      action: "Svara",
    },
    note: "Mejlet går till företagets ägare och administratörer, eftersom det har knutit domänen till sig.",
  },
  en: {
    joined: {
      subject: (who: string, organization: string) => `${who} has joined ${organization}`,
      text: (who: string, email: string) =>
        `${who} (${email}) joined by the company's mail domain, as a member, and has been given a seat.`,
      action: "See the members",
    },
    asked: {
      subject: (who: string, organization: string) => `${who} wants to join ${organization}`,
      text: (who: string, email: string) =>
        `${who} (${email}) has an address at the company's mail domain and asks to be let in.`,
      action: "Answer",
    },
    full: {
      subject: (who: string, organization: string) => `${who} wants to join ${organization}, but every seat is taken`,
      text: (who: string, email: string) =>
        `${who} (${email}) has an address at the company's mail domain and wanted to join, but no seat is free. Get another seat or take one back before you let them in.`,
      action: "Answer",
    },
    note: "This mail goes to the owners and admins of the company, since it has claimed the domain.",
  },
} as const;

/** Somebody came into a company by its mail domain, or asks to; to those who look after it. */
export const organizationNewcomer: Template<"organization-newcomer"> = (locale, props) => {
  const { organization, email, what, url } = props;
  const words = NEWCOMER[locale][what];
  const who = props.who ?? email;
  return {
    subject: words.subject(who, organization),
    preview: words.text(who, email),
    body: (
      <>
        <Title>{words.subject(who, organization)}</Title>
        <Paragraph>{words.text(who, email)}</Paragraph>
        <Action href={url}>{words.action}</Action>
        <Note>{NEWCOMER[locale].note}</Note>
      </>
    ),
  };
};

const ANSWER = {
  sv: {
    accepted: {
      subject: (organization: string) => `Du är med i ${organization}`,
      text: (organization: string) => `${organization} har släppt in dig, som medlem. Välj företaget i ditt konto.`,
    },
    refused: {
      subject: (organization: string) => `${organization} släppte inte in dig`,
      text: (organization: string) =>
        `Du bad om att få gå med i ${organization} och fick nej. Ditt konto är som det var. Fråga någon i företaget om en inbjudan om du ändå ska vara med.`,
    },
    action: "Till ditt konto",
  },
  en: {
    accepted: {
      subject: (organization: string) => `You are in ${organization}`,
      text: (organization: string) =>
        `${organization} has let you in, as a member. Choose the company in your account.`,
    },
    refused: {
      subject: (organization: string) => `${organization} did not let you in`,
      text: (organization: string) =>
        `You asked to join ${organization} and the answer was no. Your account is as it was. Ask somebody in the company for an invitation if you are to be in it all the same.`,
    },
    action: "To your account",
  },
} as const;

/** What a company answered somebody who asked to come in. */
export const organizationAnswer: Template<"organization-answer"> = (locale, { organization, accepted, url }) => {
  const words = ANSWER[locale][accepted ? "accepted" : "refused"];
  return {
    subject: words.subject(organization),
    preview: words.text(organization),
    body: (
      <>
        <Title>{words.subject(organization)}</Title>
        <Paragraph>{words.text(organization)}</Paragraph>
        <Action href={url}>{ANSWER[locale].action}</Action>
      </>
    ),
  };
};

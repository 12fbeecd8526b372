import { formatDate, formatTime } from "../../../app/lib/format/dates.ts";
import { Action, Note, Paragraph, Subtitle, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Vi har tagit emot att du ångrar order ${number}`,
    title: "Vi har tagit emot att du ångrar köpet",
    received: (number: string, date: string, time: string) =>
      `Vi har tagit emot att du ångrar order ${number} den ${date} kl. ${time}.`,
    what: "Det här skrev du",
    name: "Namn",
    email: "E-postadress",
    number: "Ordernummer",
    confirm:
      "Återstår en sak: öppna ordern här. Sidan visar vad du får tillbaka, och där bekräftar du att det är du som har köpt. Tiden ovan är den som räknas, också om du bekräftar senare, inom 14 dagar.",
    confirmAction: "Se ordern och bekräfta",
    confirmNote:
      "Bekräftar du inte går vi igenom det för hand och hör av oss. Var det inte du som skrev? Svara på mejlet, så stryker vi det.",
    taken: "Ordern är redan ångrad. Du behöver inte göra något mer.",
    too_late: "Ångertiden hade gått ut, så inget betalas tillbaka. Svara på mejlet om du ser det på ett annat sätt.",
    not_found:
      "Vi hittar ingen order med det numret och den adressen. Det du skrev är sparat med tiden ovan. Jämför numret med det i kvittot och svara på mejlet med det rätta, så reder vi ut det.",
    not_foundNote: "Var det inte du som skrev? Då behöver du inte göra något.",
    action: "Se ordern",
    why: "Du får det här mejlet för att någon skrev den här adressen när ett köp ångrades hos oss.",
    keep: "Spara mejlet. Det är kvittot på att du har ångrat köpet, med innehåll, dag och klockslag.",
  },
  en: {
    subject: (number: string) => `We received your withdrawal from order ${number}`,
    title: "We received your withdrawal",
    received: (number: string, date: string, time: string) =>
      `We received your withdrawal from order ${number} on ${date} at ${time}.`,
    what: "What you wrote",
    name: "Name",
    email: "Email address",
    number: "Order number",
    confirm:
      "One thing is left: open the order here. The page shows what you get back, and there you confirm that you are the one who bought it. The time above is the one that counts, also if you confirm later, within 14 days.",
    confirmAction: "View the order and confirm",
    confirmNote:
      "If you do not confirm, we go through it by hand and get back to you. Was it not you who wrote? Reply to this mail and we will strike it out.",
    taken: "The order has been withdrawn from already. You do not need to do anything more.",
    too_late: "The withdrawal period had ended, so nothing is refunded. Reply to this mail if you see it differently.",
    not_found:
      "We find no order with that number and address. What you wrote is kept with the time above. Compare the number with the one in the receipt and reply to this mail with the right one, and we will sort it out.",
    not_foundNote: "Was it not you who wrote? Then you do not need to do anything.",
    action: "View order",
    why: "You receive this email because somebody gave this address when withdrawing from a purchase with us.",
    keep: "Keep this mail. It is the receipt of your withdrawal, with its content, day and time.",
  },
};

/**
 * The acknowledgement on a durable medium of what somebody without a link said: its content, day and time, and the way to carry it out where
 * number and address are those of an order.
 */
export const withdrawalStated: Template<"withdrawal-stated"> = (locale, facts) => {
  const words = WORDS[locale];
  const { number, name, email, receivedAt, follows, withdrawUrl } = facts;
  const received = words.received(number, formatDate(receivedAt, locale, "prose"), formatTime(receivedAt, locale));
  const note = { confirm: words.confirmNote, not_found: words.not_foundNote, taken: null, too_late: null }[follows];
  return {
    subject: words.subject(number),
    preview: received,
    ...(follows === "not_found" ? { why: words.why } : {}),
    body: (
      <>
        <Title>{words.title}</Title>
        <Paragraph>{received}</Paragraph>
        <Paragraph>{words[follows]}</Paragraph>
        {withdrawUrl !== null && (
          <Action href={withdrawUrl}>{follows === "confirm" ? words.confirmAction : words.action}</Action>
        )}
        <Subtitle>{words.what}</Subtitle>
        <Paragraph>
          {words.number}: {number}
          <br />
          {words.name}: {name}
          <br />
          {words.email}: {email}
        </Paragraph>
        {note !== null && <Note>{note}</Note>}
        <Note>{words.keep}</Note>
      </>
    ),
  };
};

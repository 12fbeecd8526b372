import { formatDate, formatTime } from "../../../app/lib/format/dates.ts";
import { formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { WithdrawalReceived } from "../order-mails.ts";
import { Action, Note, Paragraph, Subtitle, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Du har ångrat order ${number}`,
    title: "Vi har tagit emot att du ångrar köpet",
    received: (number: string, date: string, time: string) =>
      `Vi har tagit emot att du ångrar order ${number} den ${date} kl. ${time}.`,
    what: "Det här ångrar du",
    refund: (sum: string, date: string) => `Vi betalar tillbaka ${sum} senast den ${date}.`,
    refundTo: (sum: string, card: string, date: string) =>
      `Vi betalar tillbaka ${sum} till ${card} senast den ${date}.`,
    used: (days: number, ofDays: number) => `Du betalar för ${days} av ${ofDays} dagar, som gick innan du ångrade dig.`,
    ends: "Medlemskapet är avslutat. Inget mer dras.",
    return_goods: (sum: string, to: string) =>
      `Skicka tillbaka varorna till ${to} inom 14 dagar. Vi betalar tillbaka ${sum} när de har kommit eller du har visat att de är skickade. Har du använt en vara mer än vad som behövs för att prova den kan vi dra av för att den är värd mindre.`,
    review: "Betalningen är inte klar, så vi ser över den för hand och hör av oss.",
    too_late: "Ångertiden hade gått ut, så inget betalas tillbaka. Svara på mejlet om du ser det på ett annat sätt.",
    nothing_owed: "Du har inte betalat något, så inget betalas tillbaka.",
    keep: "Spara mejlet. Det är kvittot på att du har ångrat köpet, med innehåll, dag och klockslag.",
    action: "Se ordern",
  },
  en: {
    subject: (number: string) => `You have withdrawn from order ${number}`,
    title: "We received your withdrawal",
    received: (number: string, date: string, time: string) =>
      `We received your withdrawal from order ${number} on ${date} at ${time}.`,
    what: "What you withdraw from",
    refund: (sum: string, date: string) => `We will refund ${sum} by ${date}.`,
    refundTo: (sum: string, card: string, date: string) => `We will refund ${sum} to ${card} by ${date}.`,
    used: (days: number, ofDays: number) => `You pay for ${days} of ${ofDays} days, which passed before you withdrew.`,
    ends: "The membership has ended. Nothing more will be charged.",
    return_goods: (sum: string, to: string) =>
      `Send the goods back to ${to} within 14 days. We refund ${sum} once they have arrived or you have shown that they were sent. If you used an item more than it takes to try it, we may deduct what it is worth less.`,
    review: "The payment is not complete, so we look at it by hand and get back to you.",
    too_late: "The withdrawal period had ended, so nothing is refunded. Reply to this mail if you see it differently.",
    nothing_owed: "You have not paid anything, so nothing is refunded.",
    keep: "Keep this mail. It is the receipt of your withdrawal, with its content, day and time.",
    action: "View order",
  },
};

/** The acknowledgement on a durable medium: what was taken back, when that was received, what is paid back and by when. */
export const withdrawalReceived: Template<"withdrawal-received"> = (locale, facts, { company }) => {
  const words = WORDS[locale];
  const received = words.received(
    facts.number,
    formatDate(facts.receivedAt, locale, "prose"),
    formatTime(facts.receivedAt, locale),
  );
  return {
    subject: words.subject(facts.number),
    preview: received,
    body: (
      <>
        <Title>{words.title}</Title>
        <Paragraph>{received}</Paragraph>
        <Subtitle>{words.what}</Subtitle>
        <Paragraph>
          {facts.lines.map((line, index) => (
            <span key={line.name}>
              {index > 0 ? <br /> : null}
              {line.name}
              {line.quantity > 1 ? ` × ${line.quantity}` : ""}
            </span>
          ))}
        </Paragraph>
        <Paragraph>{consequences(locale, facts, `${company.name}, ${company.address}`).join(" ")}</Paragraph>
        <Action href={facts.orderUrl}>{words.action}</Action>
        <Note>{words.keep}</Note>
      </>
    ),
  };
};

/** `to`: where goods are sent back. */
function consequences(locale: "sv" | "en", facts: WithdrawalReceived, to: string): string[] {
  const words = WORDS[locale];
  const sum = facts.refund ? formatMoney(facts.refund, locale, "ledger") : "";
  const by = formatDate(facts.refundDueAt, locale, "prose");
  const money = {
    refund: facts.card ? words.refundTo(sum, t(locale)("checkout.card", facts.card), by) : words.refund(sum, by),
    return_goods: words.return_goods(sum, to),
    review: words.review,
    too_late: words.too_late,
    nothing_owed: words.nothing_owed,
  }[facts.follows];
  return [
    ...(facts.used && facts.used.days > 0 ? [words.used(facts.used.days, facts.used.ofDays)] : []),
    money,
    ...(facts.endsMembership ? [words.ends] : []),
  ];
}

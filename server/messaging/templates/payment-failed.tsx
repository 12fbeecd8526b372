import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { DeclineClass } from "../mail-facts.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (sum: string) => `Betalningen på ${sum} gick inte igenom`,
    what: (product: string) => `Det gäller ${product}.`,
    untouched: "Inga pengar har dragits.",
    retry: (date: string) => `Vi försöker igen den ${date}.`,
    cart: "Det du valde finns kvar.",
    approve: (sum: string) => `Banken vill att du godkänner ${sum}`,
    notYet: "Inget dras förrän du har godkänt.",
    keeps: (date: string) => `Du har kvar allt till och med den ${date}.`,
    link: "Länken gäller bara kortet för det här köpet, i 30 dagar. Dela den inte.",
  },
  en: {
    subject: (sum: string) => `The payment of ${sum} did not go through`,
    what: (product: string) => `It was for ${product}.`,
    untouched: "No money was taken.",
    retry: (date: string) => `We will try again on ${date}.`,
    cart: "What you chose is still there.",
    approve: (sum: string) => `Your bank wants you to approve ${sum}`,
    notYet: "Nothing is charged until you do.",
    keeps: (date: string) => `You keep everything until ${date}.`,
    link: "The link is for the card of this purchase alone, for 30 days. Do not share it.",
  },
};

/** Trying the same card again helps here; elsewhere another card does. */
const SAME_CARD: readonly DeclineClass[] = ["funds", "technical"];

/** A payment that got a final no: why, what it means for the money, what to do. Never sent while the outcome is unknown. */
export const paymentFailed: Template<"payment-failed"> = (locale, failure) => {
  const words = WORDS[locale];
  const say = t(locale);
  const renewal = failure.occasion === "renewal";
  const approval = renewal && failure.declineClass === "approval";
  const subject = (approval ? words.approve : words.subject)(formatMoney(failure.sum, locale, "ledger"));
  const reason = say(`checkout.decline.${failure.declineClass}`);
  const consequences = [
    approval ? words.notYet : words.untouched,
    renewal ? null : words.cart,
    failure.nextAttemptAt && !approval ? words.retry(formatDate(failure.nextAttemptAt, locale, "prose")) : null,
    failure.graceEndsAt ? words.keeps(formatDate(failure.graceEndsAt, locale, "prose")) : null,
  ].filter((sentence) => sentence !== null);
  const action =
    failure.declineClass === "approval"
      ? "checkout.return.approval.action"
      : !renewal && SAME_CARD.includes(failure.declineClass)
        ? "checkout.return.retry"
        : "checkout.return.changeCard";
  return {
    subject,
    preview: reason,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>
          {words.what(failure.productName)} {reason}
        </Paragraph>
        <Paragraph>{consequences.join(" ")}</Paragraph>
        <Action href={failure.actionUrl}>{say(action)}</Action>
        {!approval && <Note>{say("checkout.return.failed.hold")}</Note>}
        {renewal && <Note>{words.link}</Note>}
      </>
    ),
  };
};

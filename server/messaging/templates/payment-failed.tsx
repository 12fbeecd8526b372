import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatMoney } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { DeclineClass } from "../mail-templates.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (sum: string) => `Betalningen på ${sum} gick inte igenom`,
    what: (product: string) => `Det gäller ${product}.`,
    untouched: "Inga pengar har dragits.",
    retry: (date: string) => `Vi försöker igen den ${date}.`,
    cart: "Det du valde finns kvar.",
  },
  en: {
    subject: (sum: string) => `The payment of ${sum} did not go through`,
    what: (product: string) => `It was for ${product}.`,
    untouched: "No money was taken.",
    retry: (date: string) => `We will try again on ${date}.`,
    cart: "What you chose is still there.",
  },
};

/** Trying the same card again helps here; elsewhere another card does. */
const SAME_CARD: readonly DeclineClass[] = ["funds", "technical"];

/** A payment that got a final no: why, what it means for the money, what to do. Never sent while the outcome is unknown. */
export const paymentFailed: Template<"payment-failed"> = (locale, failure) => {
  const words = WORDS[locale];
  const say = t(locale);
  const subject = words.subject(formatMoney(failure.sum, locale, "ledger"));
  const reason = say(`checkout.decline.${failure.declineClass}`);
  const consequences = [
    words.untouched,
    failure.occasion === "order" ? words.cart : null,
    failure.nextAttemptAt ? words.retry(formatDate(failure.nextAttemptAt, locale, "prose")) : null,
  ].filter((sentence) => sentence !== null);
  const action =
    failure.declineClass === "approval"
      ? "checkout.return.approval.action"
      : SAME_CARD.includes(failure.declineClass)
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
        <Note>{say("checkout.return.failed.hold")}</Note>
      </>
    ),
  };
};

import { formatMoney } from "../../../app/lib/format/money.ts";
import { Action, Note, Paragraph, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (sum: string, number: string) => `Vi betalar tillbaka ${sum} för order ${number}`,
    what: (sum: string, whole: string, off: string) =>
      `Vi har gått igenom att du ångrade köpet. Du får tillbaka ${sum}: ${whole} med ett avdrag på ${off}, eftersom varan är värd mindre än när du fick den.`,
    why: (reason: string) => `Skälet till avdraget: ${reason}`,
    appeal:
      "Svara på mejlet om du ser det på ett annat sätt. Du kan också vända dig till Allmänna reklamationsnämnden.",
    action: "Se ordern",
  },
  en: {
    subject: (sum: string, number: string) => `We refund ${sum} for order ${number}`,
    what: (sum: string, whole: string, off: string) =>
      `We have looked at your withdrawal. You get back ${sum}: ${whole} less a deduction of ${off}, since the item is worth less than when you received it.`,
    why: (reason: string) => `The reason for the deduction: ${reason}`,
    appeal:
      "Reply to this mail if you see it differently. You can also turn to the Swedish National Board for Consumer Disputes (ARN).",
    action: "View order",
  },
};

/** A person decided that less is paid back than the rules gave: how much, how much less, and why. */
export const withdrawalLowered: Template<"withdrawal-lowered"> = (locale, { number, sum, whole, reason, orderUrl }) => {
  const words = WORDS[locale];
  const money = (of: typeof sum) => formatMoney(of, locale, "ledger");
  const subject = words.subject(money(sum), number);
  const off = { amount: whole.amount - sum.amount, currency: whole.currency };
  return {
    subject,
    preview: reason,
    body: (
      <>
        <Title>{subject}</Title>
        <Paragraph>{words.what(money(sum), money(whole), money(off))}</Paragraph>
        <Paragraph>{words.why(reason)}</Paragraph>
        <Action href={orderUrl}>{words.action}</Action>
        <Note>{words.appeal}</Note>
      </>
    ),
  };
};

import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatEvery, formatMoney, formatPricePerInterval } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { Locale } from "../../../app/lib/locale.ts";
import { trialSentence } from "../../../app/lib/memberships/trial-words.ts";
import type { MembershipStarted } from "../membership-mails.ts";
import { Action, Note, Paragraph, type SumRow, Sums, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: "Medlemskapet är igång",
    started: (product: string) => `${product} är igång. Du kan börja träna nu.`,
    facts: "Ditt medlemskap",
    price: "Pris",
    next: "Nästa betalning",
    end: "Du avslutar själv på ditt konto när du vill. Du kan träna till slutet av perioden du har betalat för.",
  },
  en: {
    subject: "Your membership has started",
    started: (product: string) => `${product} has started. You can begin to train now.`,
    facts: "Your membership",
    price: "Price",
    next: "Next payment",
    end: "You can cancel in your account whenever you like. You can train until the end of the period you have paid for.",
  },
};

/** The membership runs: what it costs, when the next payment is, how it ends. */
export const membershipStarted: Template<"membership-started"> = (locale, membership) => {
  const words = WORDS[locale];
  const renewal = renewalLine(locale, membership);
  return {
    subject: words.subject,
    preview: renewal,
    body: (
      <>
        <Title>{words.subject}</Title>
        <Paragraph>{words.started(membership.productName)}</Paragraph>
        <Sums label={words.facts} rows={facts(locale, membership)} />
        <Action href={membership.accountUrl}>{t(locale)("checkout.return.toMembership")}</Action>
        <Paragraph>{[campaignLine(locale, membership), renewal].filter((line) => line !== null).join(" ")}</Paragraph>
        <Note>{words.end}</Note>
      </>
    ),
  };
};

function facts(locale: Locale, membership: MembershipStarted): SumRow[] {
  const words = WORDS[locale];
  const { campaign, next, trial } = membership;
  // Without a card nothing is charged yet.
  const nextPaymentAt = trial?.withoutCard ? null : membership.nextPaymentAt;
  return [
    {
      key: "price",
      label: campaign ? `${words.price}, ${campaign.name}` : words.price,
      sum: formatPricePerInterval(membership.price, membership.interval, locale, "ledger"),
    },
    ...(nextPaymentAt && next
      ? [
          {
            key: "next",
            label: `${words.next}, ${formatDate(nextPaymentAt, locale, "prose")}`,
            sum: formatMoney(next, locale, "ledger"),
          },
        ]
      : []),
  ];
}

/** Worded by agreement, as beside every membership price. */
function renewalLine(locale: Locale, { interval, nextPaymentAt, next, trial }: MembershipStarted): string {
  const say = t(locale);
  if (trial && next)
    return trialSentence(
      {
        sum: formatMoney(next, locale, "ledger"),
        date: formatDate(trial.endsAt, locale, "prose"),
        count: trial.noticeDays,
        withoutCard: trial.withoutCard,
      },
      locale,
    );
  return [
    say("prices.renews", { every: formatEvery(interval, locale) }),
    say("prices.noTerm"),
    ...(nextPaymentAt && next
      ? [
          say("prices.nextPayment", {
            sum: formatMoney(next, locale, "ledger"),
            date: formatDate(nextPaymentAt, locale, "prose"),
          }),
        ]
      : []),
  ].join(" ");
}

function campaignLine(locale: Locale, { campaign, interval }: MembershipStarted): string | null {
  if (!campaign) return null;
  if (campaign.durationMonths === null || !campaign.later) return t(locale)("prices.campaignWhole");
  const later = formatPricePerInterval(campaign.later, interval, locale, "ledger");
  return `${t(locale)("prices.campaignMonths", { count: campaign.durationMonths, later })}.`;
}

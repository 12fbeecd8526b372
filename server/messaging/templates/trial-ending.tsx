import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatEvery, formatMoney, formatPricePerInterval } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import { Action, Note, Paragraph, Sums, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (date: string) => `Provperioden slutar den ${date}`,
    charge: (product: string, sum: string, date: string) =>
      `${sum} dras för ${product} den ${date} om du inte avslutar innan dess.`,
    facts: "Det här händer",
    price: "Pris",
    first: (date: string) => `Första betalningen, ${date}`,
    noCard: {
      cancel: (product: string, sum: string, date: string) =>
        `Lägg till ett kort så fortsätter ${product} för ${sum} från den ${date}. Utan kort avslutas det den dagen och inget dras.`,
      pause: (product: string, sum: string, date: string) =>
        `Lägg till ett kort så fortsätter ${product} för ${sum} från den ${date}. Utan kort pausas det den dagen och inget dras.`,
      create_invoice: (product: string, sum: string, date: string) =>
        `${product} fortsätter den ${date} om du inte avslutar innan dess. Lägg till ett kort så dras ${sum} då. Utan kort får du en faktura på ${sum} den dagen.`,
    },
    addCard: "Lägg till ett kort",
    noSignIn: "Du behöver inte logga in. Vill du inte fortsätta behöver du inte göra något.",
    billed:
      "Du behöver inte logga in för att lägga till ett kort. Vill du inte fortsätta avslutar du på ditt konto före den dagen. Då kommer ingen faktura.",
    end: "Vill du inte fortsätta avslutar du på ditt konto före den dagen. Då dras inget.",
  },
  en: {
    subject: (date: string) => `Your trial ends on ${date}`,
    charge: (product: string, sum: string, date: string) =>
      `${sum} will be charged for ${product} on ${date} unless you cancel before then.`,
    facts: "What happens",
    price: "Price",
    first: (date: string) => `First payment, ${date}`,
    noCard: {
      cancel: (product: string, sum: string, date: string) =>
        `Add a card and ${product} goes on for ${sum} from ${date}. Without a card it ends that day and nothing is charged.`,
      pause: (product: string, sum: string, date: string) =>
        `Add a card and ${product} goes on for ${sum} from ${date}. Without a card it is paused that day and nothing is charged.`,
      create_invoice: (product: string, sum: string, date: string) =>
        `${product} goes on on ${date} unless you cancel before then. Add a card and ${sum} is charged then. Without a card you are billed ${sum} that day.`,
    },
    addCard: "Add a card",
    noSignIn: "You do not need to sign in. If you do not want to go on, there is nothing to do.",
    billed:
      "You do not need to sign in to add a card. If you do not want to go on, cancel in your account before that day. There is no bill then.",
    end: "If you do not want to go on, cancel in your account before that day. Nothing is charged then.",
  },
};

/** A trial is about to end: what is charged, when, and how to stay out of it. */
export const trialEnding: Template<"trial-ending"> = (locale, trial) => {
  const words = WORDS[locale];
  const say = t(locale);
  const date = formatDate(trial.endsAt, locale, "prose");
  const sum = formatMoney(trial.price, locale, "ledger");
  const { withoutCard = null } = trial;
  const charge = (withoutCard ? words.noCard[withoutCard] : words.charge)(trial.productName, sum, date);
  return {
    subject: words.subject(date),
    preview: charge,
    body: (
      <>
        <Title>{words.subject(date)}</Title>
        <Paragraph>{charge}</Paragraph>
        <Sums
          label={words.facts}
          rows={[
            {
              key: "price",
              label: words.price,
              sum: formatPricePerInterval(trial.price, trial.interval, locale, "ledger"),
            },
            { key: "first", label: words.first(date), sum, strong: true },
          ]}
        />
        <Action href={trial.accountUrl}>
          {withoutCard ? words.addCard : say(trial.ofPlan ? "plans.life.toPlan" : "checkout.return.toMembership")}
        </Action>
        <Paragraph>
          {say("prices.renews", { every: formatEvery(trial.interval, locale) })} {say("prices.noTerm")}
        </Paragraph>
        <Note>{withoutCard === "create_invoice" ? words.billed : withoutCard ? words.noSignIn : words.end}</Note>
      </>
    ),
  };
};

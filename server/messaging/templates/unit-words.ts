import type { Locale } from "../../../app/lib/locale.ts";
import type { Words } from "./plan-moved.ts";

/** What becomes of a wish for more or fewer of a membership. */
type Units = "units_changed" | "units_scheduled" | "units_waits" | "units_failed";

export const UNITS: Record<Locale, Record<Units, Words>> = {
  sv: {
    units_changed: {
      subject: ({ seats, product }) => `Du har nu ${seats} × ${product}`,
      text: ({ seats, product, sum, charged }) =>
        `${seats} × ${product} kostar ${sum}.${charged ? ` För resten av perioden har ${charged} dragits.` : ""}`,
    },
    units_scheduled: {
      subject: ({ seats, product, at }) => `Från den ${at} har du ${seats} × ${product}`,
      text: ({ seats, product, sum }) => `Till dess är allt som förut. Därefter kostar ${seats} × ${product} ${sum}.`,
      action: "Ångra ändringen",
    },
    units_waits: {
      subject: ({ product }) => `Fler ${product} väntar på betalningen`,
      text: ({ seats, product, charged, until }) =>
        `Du får ${seats} × ${product} när ${charged ?? "det"} är betalt: banken vill att betalningen godkänns, eller att kortet byts. Till dess är allt som förut.${until ? ` Är det inte gjort senast ${until} blir det inga fler, och inget dras.` : ""}`,
      action: "Betala",
    },
    units_failed: {
      subject: ({ product }) => `Antalet ${product} är oförändrat`,
      text: () => "Antalet gick inte att ändra. Inget har dragits för det.",
    },
  },
  en: {
    units_changed: {
      subject: ({ seats, product }) => `You now have ${seats} × ${product}`,
      text: ({ seats, product, sum, charged }) =>
        `${seats} × ${product} costs ${sum}.${charged ? ` ${charged} was charged for the rest of the period.` : ""}`,
    },
    units_scheduled: {
      subject: ({ seats, product, at }) => `You have ${seats} × ${product} from ${at}`,
      text: ({ seats, product, sum }) =>
        `Everything is as before until then. After that ${seats} × ${product} costs ${sum}.`,
      action: "Undo the change",
    },
    units_waits: {
      subject: ({ product }) => `More ${product} awaits its payment`,
      text: ({ seats, product, charged, until }) =>
        `You get ${seats} × ${product} once ${charged ?? "it"} is paid: the bank wants the payment to be approved, or the card to be changed. Everything is as before until then.${until ? ` If it is not done by ${until} there are no more, and nothing is charged.` : ""}`,
      action: "Pay",
    },
    units_failed: {
      subject: ({ product }) => `The number of ${product} is as it was`,
      text: () => "The number could not be changed. Nothing was charged for it.",
    },
  },
};

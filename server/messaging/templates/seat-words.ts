import type { Locale } from "../../../app/lib/locale.ts";
import type { Words } from "./plan-moved.ts";

/** What becomes of a wish for more or fewer seats. */
type Seats = "seats_changed" | "seats_scheduled" | "seats_waits" | "seats_failed";

const inSwedish = (seats: string) => (seats === "1" ? "1 plats" : `${seats} platser`);
const inEnglish = (seats: string) => (seats === "1" ? "1 seat" : `${seats} seats`);

export const SEATS: Record<Locale, Record<Seats, Words>> = {
  sv: {
    seats_changed: {
      subject: ({ seats }) => `Ni har nu ${inSwedish(seats)}`,
      text: ({ product, sum, charged }) =>
        `${product} kostar ${sum} med platserna.${charged ? ` För resten av perioden har ${charged} dragits.` : ""}`,
      action: "Se platserna",
    },
    seats_scheduled: {
      subject: ({ seats, at }) => `Från den ${at} har ni ${inSwedish(seats)}`,
      text: ({ product, sum }) => `Till dess är allt som förut. Därefter kostar ${product} ${sum}.`,
      action: "Ångra ändringen",
    },
    seats_waits: {
      subject: () => "De nya platserna väntar på betalningen",
      text: ({ seats, charged, until }) =>
        `Ni får ${inSwedish(seats)} när ${charged ?? "det"} är betalt: banken vill att betalningen godkänns, eller att kortet byts. Till dess är allt som förut.${until ? ` Är det inte gjort senast ${until} blir det inga fler platser, och inget dras.` : ""}`,
      action: "Betala",
    },
    seats_failed: {
      subject: () => "Antalet platser är oförändrat",
      text: ({ product }) => `Platserna i ${product} gick inte att ändra. Inget har dragits för det.`,
    },
  },
  en: {
    seats_changed: {
      subject: ({ seats }) => `You now have ${inEnglish(seats)}`,
      text: ({ product, sum, charged }) =>
        `${product} costs ${sum} with its seats.${charged ? ` ${charged} was charged for the rest of the period.` : ""}`,
      action: "See the seats",
    },
    seats_scheduled: {
      subject: ({ seats, at }) => `You have ${inEnglish(seats)} from ${at}`,
      text: ({ product, sum }) => `Everything is as before until then. After that ${product} costs ${sum}.`,
      action: "Undo the change",
    },
    seats_waits: {
      subject: () => "The new seats await their payment",
      text: ({ seats, charged, until }) =>
        `You get ${inEnglish(seats)} once ${charged ?? "it"} is paid: the bank wants the payment to be approved, or the card to be changed. Everything is as before until then.${until ? ` If it is not done by ${until} there are no more seats, and nothing is charged.` : ""}`,
      action: "Pay",
    },
    seats_failed: {
      subject: () => "The number of seats is as it was",
      text: ({ product }) => `The seats of ${product} could not be changed. Nothing was charged for it.`,
    },
  },
};

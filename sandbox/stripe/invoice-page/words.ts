import type { Language } from "../portal-page/words.ts";

const en = {
  invoice: (number: string) => `Invoice ${number}`,
  testMode: "Test mode",
  from: "From",
  to: "To",
  date: "Date",
  status: "Status",
  subtotal: "Subtotal",
  discount: "Discount",
  balance: "Balance used",
  total: "Total",
  paid: "Paid",
  left: "Left to pay",
  statuses: { draft: "Being prepared", open: "To be paid", paid: "Paid", uncollectible: "Written off", void: "Void" },
  pay: (sum: string) => `Pay ${sum}`,
  paySaved: (sum: string, last4: string) => `Pay ${sum} with the card ending in ${last4}`,
  otherCard: "Pay with another card",
  number: "Card number",
  expiry: "Expiration",
  cvc: "CVC",
  thanks: "This invoice is paid. Thank you.",
  badCard: "This card cannot be used. In test mode only the test cards work.",
  refused: (why: string) => `The payment was refused: ${why}`,
  missing: "There is no such paper",
  check: "Check the link.",
};

type Words = typeof en;

const sv: Words = {
  invoice: (number) => `Faktura ${number}`,
  testMode: "Testläge",
  from: "Från",
  to: "Till",
  date: "Datum",
  status: "Status",
  subtotal: "Delsumma",
  discount: "Rabatt",
  balance: "Tillgodohavande",
  total: "Summa",
  paid: "Betalt",
  left: "Kvar att betala",
  statuses: { draft: "Förbereds", open: "Att betala", paid: "Betald", uncollectible: "Avskriven", void: "Makulerad" },
  pay: (sum) => `Betala ${sum}`,
  paySaved: (sum, last4) => `Betala ${sum} med kortet som slutar på ${last4}`,
  otherCard: "Betala med ett annat kort",
  number: "Kortnummer",
  expiry: "Giltigt till",
  cvc: "CVC",
  thanks: "Fakturan är betald. Tack.",
  badCard: "Kortet kan inte användas. I testläge fungerar bara testkorten.",
  refused: (why) => `Betalningen nekades: ${why}`,
  missing: "Papperet finns inte",
  check: "Kontrollera länken.",
};

export const invoiceWords: Record<Language, Words> = { en, sv };

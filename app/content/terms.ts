import type { Locale } from "../lib/locale.ts";
import type { TextDocument } from "./document.ts";

/** The terms of purchase. Paragraphs in a list are points. */
export const terms: Record<Locale, TextDocument> = {
  sv: {
    title: "Villkor",
    description: "Villkoren för medlemskap och köp hos Kraftverk.",
    updated: "2026-11-23",
    lead: "Det här gäller när du köper ett medlemskap eller en vara av oss. Det är skrivet för att läsas.",
    sections: [
      {
        id: "medlemskap",
        title: "Medlemskap",
        paragraphs: [
          "Ett medlemskap ger rätt att träna på de gym och de tider som står på medlemskapets kort. Det är personligt.",
          "Medlemskapet betalas i förskott, månad för månad eller år för år, och förnyas tills du avslutar det. Det finns ingen bindningstid. Avslutar du kan du träna till slutet av den tid du har betalat för, och inget mer dras.",
          "Har du fått ett kampanjpris gäller det så länge du har medlemskapet, om inget annat stod bredvid priset när du köpte.",
          "Ändras det ordinarie priset mejlar vi dig minst 30 dagar innan det påverkar dig, så att du kan avsluta först.",
        ],
      },
      {
        id: "betalning",
        title: "Betalning",
        paragraphs: [
          "Alla priser är inklusive moms. Du betalar med kort på en sida hos Stripe. Kortnumret når aldrig oss.",
          "Går en betalning inte igenom mejlar vi dig. Banken kan visa en reservation som försvinner av sig själv.",
          "Kvittot kommer med e-post och finns på ditt konto.",
        ],
      },
      {
        id: "varor",
        title: "Varor",
        paragraphs: [
          "En order är bindande när betalningen är klar. Varor skickas inom två arbetsdagar till Sverige och övriga EU.",
          "Du har tre års reklamationsrätt. Är något fel på varan ersätter vi den, lagar den eller betalar tillbaka.",
        ],
      },
      {
        id: "withdrawal",
        title: "Ångra köp",
        paragraphs: [
          "Du har rätt att ångra dig inom 14 dagar utan att säga varför. För ett medlemskap räknas dagarna från köpet, för en vara från dagen du fick den.",
          "Så gör du: välj Ångra köp längst ner på varje sida. Det behövs inget konto. Du kan också skriva till {email}, eller per post till {company}, {address}, att du ångrar köpet. Det räcker med namn, ordernummer och e-postadress. Du kan använda texten här:",
          [
            "Till {company}, {email}",
            "Jag ångrar mitt köp: (ordernummer eller medlemskap)",
            "Köpt eller mottaget den: (datum)",
            "Namn och e-postadress: (ditt namn och din adress)",
            "Datum: (dagens datum)",
          ],
          "Vi bekräftar genast med e-post, med dag och klockslag, och betalar tillbaka inom 14 dagar, med samma kort som du betalade med.",
          "Har du bett om att få börja träna direkt betalar du för dagarna som gått, räknat på medlemskapets pris. Varor skickar du tillbaka inom 14 dagar till {company}, {address}; du står för returfrakten. Har du använt en vara mer än vad som behövs för att se hur den är och fungerar kan vi dra av för att den är värd mindre.",
        ],
      },
      {
        id: "tvist",
        title: "Om vi inte är överens",
        paragraphs: [
          "Skriv till oss först. Når vi inte varandra kan du vända dig till Allmänna reklamationsnämnden, arn.se. Vi följer dess beslut. Svensk lag gäller.",
        ],
      },
    ],
  },
  en: {
    title: "Terms",
    description: "The terms for memberships and purchases at Kraftverk.",
    updated: "2026-11-23",
    lead: "This applies when you buy a membership or an item from us. It is written to be read.",
    sections: [
      {
        id: "memberships",
        title: "Memberships",
        paragraphs: [
          "A membership gives the right to train at the gyms and at the hours that stand on its card. It is personal.",
          "Memberships are paid in advance, month by month or year by year, and renew until you cancel. There is no minimum term. If you cancel you can train until the end of the time you have paid for, and nothing more is charged.",
          "A campaign price holds for as long as you keep the membership, unless something else stood beside the price when you bought it.",
          "If the ordinary price changes we email you at least 30 days before it affects you, so that you can cancel first.",
        ],
      },
      {
        id: "payment",
        title: "Payment",
        paragraphs: [
          "All prices include VAT. You pay by card on a page at Stripe. The card number never reaches us.",
          "If a payment does not go through we email you. Your bank may show a hold that disappears by itself.",
          "The receipt comes by email and is kept in your account.",
        ],
      },
      {
        id: "goods",
        title: "Goods",
        paragraphs: [
          "An order is binding once the payment is complete. Goods are sent within two working days to Sweden and the rest of the EU.",
          "You have three years to complain about faults. If something is wrong we replace it, repair it or pay back.",
        ],
      },
      {
        id: "withdrawal",
        title: "Withdraw from a purchase",
        paragraphs: [
          "You have the right to withdraw within 14 days without saying why. For a membership the days count from the purchase, for goods from the day you received them.",
          "To do so, choose Withdraw from purchase at the foot of any page. No account is needed. You can also write to {email}, or by post to {company}, {address}, Sweden, that you withdraw. Name, order number and email address are enough. You can use this text:",
          [
            "To {company}, {email}",
            "I withdraw from my purchase: (order number or membership)",
            "Bought or received on: (date)",
            "Name and email address: (your name and address)",
            "Date: (today's date)",
          ],
          "We confirm by email at once, with day and time, and pay back within 14 days, to the card you paid with.",
          "If you asked to start training right away you pay for the days that have passed, counted on the membership's price. Goods are sent back within 14 days to {company}, {address}, Sweden; you pay the return postage. If you used an item more than it takes to see what it is and how it works, we may deduct what it is worth less.",
        ],
      },
      {
        id: "dispute",
        title: "If we disagree",
        paragraphs: [
          "Write to us first. If we do not reach an agreement you can turn to the Swedish National Board for Consumer Disputes, arn.se. We follow its decisions. Swedish law applies.",
        ],
      },
    ],
  },
};

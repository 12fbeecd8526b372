import type { Locale } from "../lib/locale.ts";
import type { TextDocument } from "./document.ts";

/** How personal data is treated. */
export const privacy: Record<Locale, TextDocument> = {
  sv: {
    title: "Integritet",
    description: "Vilka uppgifter Kraftverk har om dig, varför och hur länge.",
    updated: "2026-11-23",
    lead: "{company} ansvarar för uppgifterna. Vi samlar in det som behövs för att sälja och leverera, inget mer.",
    sections: [
      {
        id: "uppgifter",
        title: "Vad vi har",
        paragraphs: [
          [
            "Konto: e-postadress, namn om du anger det, och ett lösenord som vi inte kan läsa.",
            "Köp: vad du köpt, pris, moms, kvitton och leveransadress.",
            "Medlemskap: vilket, sedan när och när det förnyas.",
            "Betalningar: belopp, tid, kortets märke och fyra sista siffror. Kortnumret finns bara hos Stripe.",
            "Provperioder: e-postadressen som den togs med, och ett kontrollvärde för kortet, som kortnumret inte går att läsa ut ur.",
            "Inloggningar: när, och från vilken sorts webbläsare, så att du kan se och avsluta dem.",
            "Mejl som vi har skickat till dig.",
          ],
        ],
      },
      {
        id: "varfor",
        title: "Varför",
        paragraphs: [
          "För att fullgöra avtalet med dig, för att bokföra enligt lag och för att skydda ditt konto. Kortets kontrollvärde är till för att ge en provperiod per kort, vem det än är som använder det, och e-postadressen för att ge en per person. Vi skickar ingen reklam och säljer inga uppgifter.",
        ],
      },
      {
        id: "vem",
        title: "Vem som ser dem",
        paragraphs: [
          "Vår personal, efter roll. Stripe tar emot betalningen. Den som kör ut din vara får namn och adress. Ingen annan.",
        ],
      },
      {
        id: "lange",
        title: "Hur länge",
        paragraphs: [
          "Bokföringsunderlag sparas i sju år enligt bokföringslagen. Inloggningar tas bort när de har gått ut. Kontrollvärdet från en provperiod sparas också när kontot har stängts, och likaså de e-postadresser som kontot har haft. Det du skriver för att ångra ett köp sparas med ordern, eller i ett halvår om det inte gällde någon order hos oss. Övrigt tas bort när du stänger kontot.",
        ],
      },
      {
        id: "rattigheter",
        title: "Dina rättigheter",
        paragraphs: [
          "Du kan få veta vad vi har, få det rättat, få ut det eller få det raderat. Skriv till {email} så svarar vi inom en månad. Är du inte nöjd kan du klaga hos Integritetsskyddsmyndigheten, imy.se.",
        ],
      },
    ],
  },
  en: {
    title: "Privacy",
    description: "Which details Kraftverk holds about you, why and for how long.",
    updated: "2026-11-23",
    lead: "{company} is responsible. We collect what is needed to sell and deliver, nothing more.",
    sections: [
      {
        id: "details",
        title: "What we hold",
        paragraphs: [
          [
            "Account: email address, your name if you give it, and a password that we cannot read.",
            "Purchases: what you bought, price, VAT, receipts and delivery address.",
            "Memberships: which one, since when and when it renews.",
            "Payments: amount, time, the card's brand and last four digits. The card number is with Stripe only.",
            "Trials: the email address that one was taken with, and a check value of the card, from which the card number cannot be read.",
            "Sign-ins: when, and from which kind of browser, so that you can see and end them.",
            "Emails that we have sent you.",
          ],
        ],
      },
      {
        id: "why",
        title: "Why",
        paragraphs: [
          "To fulfil our contract with you, to keep books as the law requires and to protect your account. The check value is there to give one trial per card, whoever uses it, and the email address to give one per person. We send no advertising and sell no details.",
        ],
      },
      {
        id: "who",
        title: "Who sees it",
        paragraphs: [
          "Our staff, by role. Stripe receives the payment. Whoever delivers your goods gets your name and address. Nobody else.",
        ],
      },
      {
        id: "how-long",
        title: "For how long",
        paragraphs: [
          "Accounting records are kept for seven years by Swedish law. Sign-ins are removed once they have expired. The check value from a trial is kept after the account is closed, and so are the email addresses that the account has had. What you write to withdraw from a purchase is kept with the order, or for half a year if it was about no order of ours. The rest is removed when you close the account.",
        ],
      },
      {
        id: "rights",
        title: "Your rights",
        paragraphs: [
          "You can learn what we hold, have it corrected, have it handed out or erased. Write to {email} and we answer within a month. If you are not content you can complain to the Swedish Authority for Privacy Protection, imy.se.",
        ],
      },
    ],
  },
};

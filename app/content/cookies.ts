import type { Locale } from "../lib/locale.ts";
import type { TextDocument } from "./document.ts";

/** Which cookies there are. None needs consent, so none is asked for. */
export const cookies: Record<Locale, TextDocument> = {
  sv: {
    title: "Cookies",
    description: "Kraftverks cookies och vad de gör.",
    updated: "2026-11-01",
    lead: "Butikens cookies är alla nödvändiga för det du själv gör här. Ingen följer dig, så vi frågar inte om lov.",
    sections: [
      {
        id: "vilka",
        title: "Vilka",
        paragraphs: [
          [
            "sid håller dig inloggad. Försvinner efter 14 dagar utan besök, eller när du loggar ut.",
            "cart minns varukorgen i 60 dagar.",
            "open-payment minns en påbörjad betalning i 35 minuter.",
            "card-link minns i en timme vilken länk du kom med när du byter kort.",
            "half minns att lösenordet stämde medan du anger koden. Försvinner efter några minuter.",
            "device minns i ett år att du har loggat in här förut.",
            "organization minns i ett år vilken organisation du arbetar för.",
            "locale minns ditt språk i ett år.",
            "theme minns ljust eller mörkt utseende i ett år.",
          ],
          "På Stripes betalsida gäller Stripes egna villkor.",
        ],
      },
      {
        id: "ta-bort",
        title: "Ta bort dem",
        paragraphs: ["Rensa butikens cookies i webbläsaren. Då loggas du ut och varukorgen blir tom."],
      },
    ],
  },
  en: {
    title: "Cookies",
    description: "Kraftverk's cookies and what they do.",
    updated: "2026-11-01",
    lead: "The shop's cookies are all necessary for what you do here yourself. None follows you, so we do not ask.",
    sections: [
      {
        id: "which",
        title: "Which",
        paragraphs: [
          [
            "sid keeps you signed in. Gone after 14 days without a visit, or when you sign out.",
            "cart remembers the cart for 60 days.",
            "open-payment remembers a payment you have begun for 35 minutes.",
            "card-link remembers for an hour which link you came with when you change card.",
            "half remembers that the password was right while you enter the code. Gone after some minutes.",
            "device remembers for a year that you have signed in here before.",
            "organization remembers for a year which organization you work for.",
            "locale remembers your language for a year.",
            "theme remembers light or dark appearance for a year.",
          ],
          "On Stripe's payment page Stripe's own terms apply.",
        ],
      },
      {
        id: "remove",
        title: "Removing them",
        paragraphs: ["Clear the shop's cookies in your browser. You are then signed out and the cart is empty."],
      },
    ],
  },
};

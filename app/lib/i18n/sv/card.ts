/** The page that a mail about a failed payment leads to: no login, one thing to do. */
export const card = {
  "card.title": "Byt kort",
  "card.lead": "Betalningen sköts av Stripe. Du behöver inte logga in.",
  "card.owed": "Betala {sum}",
  "card.owedText": "Byt kort så drar vi {sum} direkt.",
  "card.approval": "Banken vill att du godkänner {sum}.",
  "card.paid": "Inget är obetalt.",
  "card.paidText": "Byter du kort används det nya från nästa betalning.",
  "card.done": "Betalningen är klar. Allt är som vanligt.",
  "card.changed": "Kortet är bytt.",
  "card.flight": "Vi drar {sum} nu. Resultatet visas här.",
  "card.refused": "Betalningen på {sum} gick inte igenom med det kortet. Inga pengar har dragits.",
  "card.unknown": "Vi väntar på bankens besked om {sum}. Du behöver inte göra något. Betala inte igen.",
  "card.plan": "Gäller",
  "card.sum": "Att betala",
  "card.card": "Kort",
  "card.gone": "Länken gäller inte längre",
  "card.goneText":
    "Den är för gammal, eller så betalar någon annan nu. Logga in för att byta kort, eller använd länken i ett senare mejl.",
  "card.login": "Logga in",
  "card.other": "Byt till ett annat kort",
  "card.look": "Titta igen",
  "card.add": "Lägg till ett kort",
  "card.trial.cancel":
    "Provperioden slutar den {date}. Med ett kort fortsätter det och {sum} dras då. Utan kort avslutas det.",
  "card.trial.pause":
    "Provperioden slutar den {date}. Med ett kort fortsätter det och {sum} dras då. Utan kort pausas det.",
  "card.trial.create_invoice":
    "Provperioden slutar den {date} och {product} fortsätter. Med ett kort dras {sum} då. Utan kort kommer en faktura på {sum}.",
  "card.trial.billed":
    "Provperioden slutade den {date} och fakturan på {sum} är på väg. Lägger du till ett kort nu dras den från det.",
  "card.owedFirst": "Lägg till ett kort så drar vi {sum} direkt.",
  "card.trial.paused": "Provperioden slutade den {date}. Med ett kort fortsätter det direkt och {sum} dras nu.",
  "card.next": "Annars försöker vi igen den {date}.",
} as const;

/** Of each list of the back office, while it is empty: what comes there, and by what. */
export const nothing = {
  "nothing.alerts": "Butiken ser efter var femte minut och säger till här när något inte stämmer.",
  "nothing.announcements": "Här står det partnern annonserar via webhook, med vad det blev av det.",
  "nothing.audit": "Allt som personalen gör och varje krona som rör sig skrivs in här av sig självt.",
  "nothing.batches": "Välj flera webhooks i inkorgen och kör om eller avfärda dem: här ser du sedan hur det gick.",
  "nothing.campaigns": "En kampanj sänker ett pris under en tid. Den börjar som ett utkast som ingen besökare ser.",
  "nothing.customers": "En kund kommer hit med sitt första köp, eller när någon skapar ett konto.",
  "nothing.drifts":
    "Var femte minut jämförs butiken med Stripe, och planer med det som betalas. Det som skilde sig, och vad som rättade det, står här.",
  "nothing.endpoints": "Lägg till en adress nedanför, så berättas det där när en kampanj börjar, ändras och slutar.",
  "nothing.invoices": "Varje betalning av ett medlemskap eller en plan får en faktura här.",
  "nothing.jobs": "Det som väntar på att göras i bakgrunden, eller inte gick, står här tills det är gjort.",
  "nothing.ledger": "Varje betalning, återbetalning och kredit bokförs här i samma ögonblick som den sker.",
  "nothing.mail": "Varje mejl som butiken skickar står här som det skickades, även de som stoppades.",
  "nothing.memberships": "Ett medlemskap kommer hit när det är köpt. Planer som organisationer köper står här också.",
  "nothing.months": "Månaderna fylls när det första köpet är betalt.",
  "nothing.offers":
    "Ett erbjudande visas en gång för den som är på väg att avsluta: rabatt, fri tid, paus eller billigare medlemskap.",
  "nothing.orders": "En order kommer hit så snart någon har gått till betalningen, betald eller inte.",
  "nothing.organizations": "Var och en som skapar ett konto får en egen. Företag startas från kontot.",
  "nothing.prices": "Ett pris kommer till när en produkt får det, och det gamla står kvar för de 30 dagarnas skull.",
  "nothing.products": "Skapa en produkt med pris, bilder och lager. Den säljs först när du säger till.",
  "nothing.receipts": "Varje köp sparar varför det kostade vad det kostade. Det står här.",
  "nothing.payouts": "Stripe betalar ut det som har kommit in till banken av sig självt. Det syns här när det skickas.",
  "nothing.refunds": "Betala tillbaka från ordern: hela summan, en del, eller vissa varor.",
  "nothing.staff": "Bjud in en kollega med formuläret nedanför.",
  "nothing.topUps": "När kundens saldo går under gränsen dras kortet, och det står här.",
  "nothing.webhooks":
    "Stripe meddelar det som händer med betalningar hit. Kommer inget i en skarp butik: se Inställningar.",
  "nothing.withdrawals":
    "Den som ångrar ett köp inom 14 dagar gör det i butiken. Det står här med vad som återstår att göra.",
  "nothing.statements":
    "Den som varken har länk eller konto ångrar med ordernummer och e-post. Det står här tills köparen har bekräftat.",
} as const;

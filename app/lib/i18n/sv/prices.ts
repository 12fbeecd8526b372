/** Prices, taxes and what will be charged when. Worded by law and by agreement: change with care. */
export const prices = {
  "prices.inclVat": "inkl. moms",
  "prices.exclVat": "exkl. moms",
  "prices.ofWhichVat": "varav moms {rate} {sum}",
  "prices.lowest30": "Lägsta pris 30 dagar före sänkningen: {price} ({percent})",
  "prices.lowest30.plain": "Lägsta pris 30 dagar före sänkningen: {price}",
  "prices.campaignPrice": "Kampanjpris",
  "prices.price": "Pris",
  "prices.campaignMonths": {
    one: "Kampanjpriset gäller i {count} månad, därefter {later}",
    other: "Kampanjpriset gäller i {count} månader, därefter {later}",
  },
  "prices.campaignWhole": "Kampanjpriset gäller så länge du har medlemskapet.",
  "prices.renews": "Förnyas {every} tills du avslutar.",
  "prices.noTerm": "Ingen bindningstid.",
  "prices.nextPayment": "Nästa betalning: {sum} den {date}.",
  "prices.trial": {
    one: "{zero} i dag. {sum} dras den {date} om du inte avslutar innan dess. Vi mejlar dig {count} dag före.",
    other: "{zero} i dag. {sum} dras den {date} om du inte avslutar innan dess. Vi mejlar dig {count} dagar före.",
  },
  "prices.ends": "Avslutas den {date}. Inget mer dras.",
  "prices.shipping": "Frakt",
  "prices.toPayToday": "Att betala i dag",
  "prices.total": "Totalt",
  "prices.buyAndPay": "Köp och betala {sum}",
} as const;

/** What Stripe sends to the shop's bank, in the back office. */
export const payouts = {
  "payouts.list": "Utbetalningar",
  "payouts.none": "Inget har betalats ut till banken.",
  "payouts.query": "Utbetalningens id",
  "payouts.id": "Utbetalning",
  "payouts.sent": "Skickad",
  "payouts.arrival": "Framme, eller varför inte",
  "payouts.sum": "Summa",
  "payouts.underWay": "På väg till banken, {currency}",
  "payouts.next": "nästa framme {date}",
  "payouts.nothingUnderWay": "inget är på väg",
  "payouts.arrived": "{sum} framme de senaste 30 dagarna",
} as const;

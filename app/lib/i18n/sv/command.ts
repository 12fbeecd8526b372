/** The command menu (⌘K). */
export const command = {
  "command.title": "Sök och gör",
  "command.about": "Skriv ett namn, en adress, ett ordernummer eller klistra in ett id. Pilar väljer, Retur öppnar.",
  "command.open": "Sök överallt",
  "command.field": "Kund, order, produkt, kampanj eller id hos Stripe",
  "command.recent": "Senaste",
  "command.pages": "Gå till",
  "command.acts": "Gör",
  "command.searching": "Söker …",
  "command.none": "Inga träffar för ”{query}”.",
  "command.found": { one: "{count} träff", other: "{count} träffar" },
  "command.all": "Alla träffar för ”{query}”",
  "command.act.queue": "Se vad som väntar",
  "command.act.shortcuts": "Visa kortkommandon",
  "command.act.shop": "Öppna butiken",
} as const;

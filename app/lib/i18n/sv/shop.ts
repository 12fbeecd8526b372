/** The storefront's frame and its home page. */
export const shop = {
  "shop.nav.label": "Butiken",
  "shop.nav.memberships": "Medlemskap",
  "shop.nav.products": "Butik",
  "shop.nav.account": "Mitt konto",
  "shop.nav.admin": "Driften",
  "shop.footer.terms": "Villkor",
  "shop.footer.withdraw": "Ångra köp",
  "shop.footer.privacy": "Integritet",
  "shop.footer.cookies": "Cookies",
  "shop.footer.help": "Hjälp",
  "shop.footer.orgNumber": "Org.nr {number}",
  "shop.footer.vatNumber": "Momsreg.nr {number}",
  "shop.stock.out": "Slut i lager",
  "shop.stock.left": { one: "{count} kvar", other: "{count} kvar" },
} as const;

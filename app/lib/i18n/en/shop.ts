import type { shop as source } from "../sv/shop.ts";
import type { Message } from "../translate.ts";

export const shop = {
  "shop.nav.label": "Shop",
  "shop.nav.memberships": "Memberships",
  "shop.nav.products": "Shop",
  "shop.nav.account": "My account",
  "shop.nav.admin": "Back office",
  "shop.footer.terms": "Terms",
  "shop.footer.withdraw": "Withdraw from purchase",
  "shop.footer.privacy": "Privacy",
  "shop.footer.cookies": "Cookies",
  "shop.footer.help": "Help",
  "shop.footer.orgNumber": "Company no. {number}",
  "shop.footer.vatNumber": "VAT no. {number}",
  "shop.stock.out": "Out of stock",
  "shop.stock.left": { one: "{count} left", other: "{count} left" },
} as const satisfies Record<keyof typeof source, Message>;

import type { account as source } from "../sv/account.ts";
import type { Message } from "../translate.ts";

export const account = {
  "account.title": "My account",
  "account.nav.label": "My account",
  "account.nav.overview": "Overview",
  "account.nav.membership": "Membership",
  "account.nav.billing": "Billing",
  "account.nav.orders": "Orders",
  "account.nav.credits": "Credits",
  "account.nav.security": "Security",
  "account.nav.more": "More",
} as const satisfies Record<keyof typeof source, Message>;

/** The member's own pages: what I have, what happens next, what I will be charged and when. */
export const account = {
  "account.title": "Mitt konto",
  "account.nav.label": "Mitt konto",
  "account.nav.overview": "Översikt",
  "account.nav.membership": "Medlemskap",
  "account.nav.billing": "Betalning",
  "account.nav.orders": "Ordrar",
  "account.nav.credits": "Krediter",
  "account.nav.security": "Säkerhet",
  "account.nav.more": "Mer",
} as const;

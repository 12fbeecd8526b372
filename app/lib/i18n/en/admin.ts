import type { admin as source } from "../sv/admin.ts";
import type { Message } from "../translate.ts";

export const admin = {
  "admin.title": "Back office",
  "admin.nav.staff": "Staff",
  "admin.nav.audit": "Audit log",
  "admin.nav.label": "Back office",
  "admin.nav.queue": "To do",
  "admin.nav.customers": "Customers",
  "admin.nav.orders": "Orders",
  "admin.nav.memberships": "Memberships",
  "admin.nav.products": "Products",
  "admin.nav.campaigns": "Campaigns",
  "admin.nav.prices": "Prices",
  "admin.nav.ledger": "Ledger",
  "admin.nav.webhooks": "Webhooks",
  "admin.nav.mail": "Mail",
  "admin.nav.jobs": "Jobs",
  "admin.nav.alerts": "Alerts",
  "admin.nav.settings": "Settings",
  "admin.nav.ui": "Components",
  "admin.search": "Customer, order, campaign or a Stripe id",
  "admin.role": "Role: {role}",
  "admin.clock": "The shop's clock",
  "admin.toShop": "To the shop",
  "admin.nav.refunds": "Refunds",
  "admin.nav.withdrawals": "Withdrawals",
} as const satisfies Record<keyof typeof source, Message>;

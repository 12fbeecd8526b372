import type { MessageKey } from "~/lib/i18n/translate.ts";

export type OfficePage = {
  readonly to: string;
  readonly label: Extract<MessageKey, `admin.nav.${string}`>;
  /** Only this very address is the page, not what lies below it. */
  readonly end?: boolean;
  /** Other addresses that are part of it: their pages are reached from it. */
  readonly also?: readonly string[];
  /** Pressed after `g`, it leads here. */
  readonly key?: string;
};

/** The pages of the back office in the order of its menu; the command menu and the shortcuts offer the same. */
export const OFFICE_PAGES: ReadonlyArray<readonly OfficePage[]> = [
  [
    { to: "/admin", label: "admin.nav.queue", end: true, key: "h" },
    { to: "/admin/customers", label: "admin.nav.customers", key: "c" },
    { to: "/admin/organizations", label: "admin.nav.organizations", also: ["/admin/entitlements"] },
    { to: "/admin/orders", label: "admin.nav.orders", key: "o" },
    { to: "/admin/memberships", label: "admin.nav.memberships", key: "m" },
    { to: "/admin/invoices", label: "admin.nav.invoices", key: "i" },
    { to: "/admin/products", label: "admin.nav.products", key: "p" },
    { to: "/admin/plans", label: "admin.nav.plans", also: ["/admin/migrations"] },
    { to: "/admin/offers", label: "admin.nav.offers" },
    {
      to: "/admin/campaigns",
      label: "admin.nav.campaigns",
      also: ["/admin/announcements", "/admin/endpoints"],
      key: "k",
    },
    { to: "/admin/prices", label: "admin.nav.prices", also: ["/admin/receipts"], key: "r" },
    { to: "/admin/refunds", label: "admin.nav.refunds", key: "b" },
    { to: "/admin/payouts", label: "admin.nav.payouts", key: "y" },
    { to: "/admin/credits", label: "admin.nav.credits" },
    { to: "/admin/withdrawals", label: "admin.nav.withdrawals", key: "u" },
  ],
  [
    { to: "/admin/report", label: "admin.nav.report" },
    { to: "/admin/ledger", label: "admin.nav.ledger", key: "l" },
    { to: "/admin/webhooks", label: "admin.nav.webhooks", key: "w" },
    { to: "/admin/mail", label: "admin.nav.mail", key: "e" },
    { to: "/admin/jobs", label: "admin.nav.jobs", key: "j" },
    { to: "/admin/alerts", label: "admin.nav.alerts", key: "a" },
  ],
  [
    { to: "/admin/staff", label: "admin.nav.staff", key: "t" },
    { to: "/admin/audit", label: "admin.nav.audit", key: "v" },
    { to: "/admin/settings", label: "admin.nav.settings", key: "s" },
    { to: "/admin/ui", label: "admin.nav.ui" },
  ],
];

/** Whether a page is this entry's: its own address, one below it, or one that is part of it. */
export function isOn({ to, end, also = [] }: OfficePage, pathname: string): boolean {
  const below = (place: string) => pathname === place || pathname.startsWith(`${place}/`);
  return end ? pathname === to : [to, ...also].some(below);
}

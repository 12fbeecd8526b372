const PAGES: Readonly<Record<string, string>> = {
  ord: "orders",
  cus: "customers",
  sub: "memberships",
  cmp: "campaigns",
  eml: "mail",
  whb: "webhooks/batches",
  aep: "endpoints",
  prr: "receipts",
  pst: "ledger/postings",
  org: "organizations",
  plm: "migrations",
  off: "offers",
  wst: "withdrawals/statements",
};
/** Acts whose subject is an id without a prefix of its own. */
const BY_DOMAIN: Readonly<Record<string, string>> = {
  catalog: "products",
  products: "products",
  pricing: "products",
  plans: "plans",
  webhooks: "webhooks",
};
/** Acts on what has no page of its own: the list that it stands in. */
const LISTS: Readonly<Record<string, string>> = {
  "alerts.resolve": "alerts",
  "company.save": "settings",
  "email.resend": "mail",
  "queue.retry": "jobs",
  "queue.give_up": "jobs",
  "announcements.redeliver": "announcements",
  "receipts.recheck": "receipts",
  "ledger.verify": "ledger",
  "identity.staff_invited": "staff",
  "identity.invitation_withdrawn": "staff",
  "identity.role_changed": "staff",
  "identity.staff_removed": "staff",
  "withdrawals.approve": "withdrawals",
  "withdrawals.approve_less": "withdrawals",
  "withdrawals.close_disputed": "withdrawals",
  "withdrawals.refuse": "withdrawals",
};

type Entry = { readonly action: string; readonly subject: string; readonly parent: string | null };

/** The page of what an entry of the audit log is about, or of what that belongs to; null where there is none. */
export function auditHref({ action, subject, parent }: Entry): string | null {
  const id = parent ?? subject;
  const [prefix = "", rest] = id.split("_");
  const page = (rest === undefined ? undefined : PAGES[prefix]) ?? BY_DOMAIN[action.split(".")[0] ?? ""];
  if (page === undefined || id === "" || /\s/.test(id)) return action in LISTS ? `/admin/${LISTS[action]}` : null;
  return `/admin/${page}/${encodeURIComponent(id)}`;
}

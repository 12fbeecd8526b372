import type { SearchHit } from "../../../server/reporting/search.ts";
import type { WorkItem as Item, WorkKind as Kind } from "../../../server/reporting/work-queue.ts";

export type WorkItem = Item;
export type WorkKind = Kind;

type Case = Pick<WorkItem, "kind" | "id" | "detail">;

const page = (path: string) => (item: Case) => `/admin/${path}/${encodeURIComponent(item.id)}`;

/** One subscription of a move, where it is taken back: the case is called by both. */
function stepOfMove({ id }: Case): string {
  const [move = "", step = ""] = id.split(":");
  return `/admin/migrations/${encodeURIComponent(move)}?back=${encodeURIComponent(step)}#back`;
}

/** Where each kind of case is looked into and acted on. */
const HREFS: Readonly<Record<WorkKind, (item: Case) => string>> = {
  payment_unknown: (item) => `/admin/search?q=${encodeURIComponent(item.detail ?? item.id)}`,
  checkout_mismatch: (item) => (item.id.startsWith("ord_") ? page("orders")(item) : "/admin/alerts"),
  membership_past_due: page("memberships"),
  seats_over: page("organizations"),
  move_failed: stepOfMove,
  move_not_undone: stepOfMove,
  second_trial: page("memberships"),
  drift: () => "/admin/webhooks/drift",
  webhook_dead: page("webhooks"),
  job_failed: () => "/admin/jobs?state=dead",
  alert: () => "/admin/alerts?state=open",
  email_failed: page("mail"),
  campaign_price_unusable: page("campaigns"),
  stock_low: page("products"),
  awaiting_fulfilment: page("orders"),
  withdrawal_review: page("orders"),
  withdrawal_statement: page("withdrawals/statements"),
  withdrawal_unmatched: () => "/admin/withdrawals/statements?status=unmatched",
  refund_failed: page("orders"),
  payout_failed: (item) => `/admin/payouts?q=${encodeURIComponent(item.id)}`,
  credits_spent: () => "/admin/credits",
  credits_waiting: () => "/admin/credits",
};

export function workHref(item: Case): string {
  return HREFS[item.kind](item);
}

/** The page of the menu that each kind of case belongs to. */
const PAGES: Readonly<Record<WorkKind, string>> = {
  payment_unknown: "/admin/orders",
  checkout_mismatch: "/admin/orders",
  membership_past_due: "/admin/memberships",
  seats_over: "/admin/organizations",
  move_failed: "/admin/plans",
  move_not_undone: "/admin/plans",
  second_trial: "/admin/memberships",
  drift: "/admin/webhooks",
  webhook_dead: "/admin/webhooks",
  job_failed: "/admin/jobs",
  alert: "/admin/alerts",
  email_failed: "/admin/mail",
  campaign_price_unusable: "/admin/campaigns",
  stock_low: "/admin/products",
  awaiting_fulfilment: "/admin/orders",
  withdrawal_review: "/admin/withdrawals",
  withdrawal_statement: "/admin/withdrawals",
  withdrawal_unmatched: "/admin/withdrawals",
  refund_failed: "/admin/refunds",
  payout_failed: "/admin/payouts",
  credits_spent: "/admin/credits",
  credits_waiting: "/admin/credits",
};

/** How many cases each page of the menu has: what stands beside it there. The home page has them all. */
export function countsByPage(counts: Readonly<Record<WorkKind, number>>): Record<string, number> {
  const byPage: Record<string, number> = { "/admin": 0 };
  for (const [kind, page] of Object.entries(PAGES) as [WorkKind, string][]) {
    byPage[page] = (byPage[page] ?? 0) + counts[kind];
    byPage["/admin"] = (byPage["/admin"] ?? 0) + counts[kind];
  }
  return byPage;
}

/** The page that shows what a search found. */
export function hitHref(hit: Pick<SearchHit, "kind" | "id" | "parentId">): string | null {
  const at = (path: string, id: string | null) => (id === null ? null : `/admin/${path}/${encodeURIComponent(id)}`);
  switch (hit.kind) {
    case "customer":
      return at("customers", hit.id);
    case "order":
      return at("orders", hit.id);
    case "subscription":
      return at("memberships", hit.id);
    case "payment":
      return at(hit.parentId?.startsWith("sub_") ? "memberships" : "orders", hit.parentId);
    case "invoice":
      return at("invoices", hit.id);
    case "payout":
      return `/admin/payouts?q=${encodeURIComponent(hit.id)}`;
    case "webhook_event":
      return at("webhooks", hit.id);
    case "product":
      return at("products", hit.id);
    case "campaign":
      return at("campaigns", hit.id);
    case "offer":
      return at("offers", hit.id);
    case "email":
      return at("mail", hit.id);
  }
}

import type { SearchHit } from "../../server/reporting/search.ts";
import type { WorkItem as Item, WorkKind as Kind } from "../../server/reporting/work-queue.ts";

export type WorkItem = Item;
export type WorkKind = Kind;

/** Where a case is looked into and acted on. */
export function workHref(item: Pick<WorkItem, "kind" | "id" | "detail">): string {
  const id = encodeURIComponent(item.id);
  switch (item.kind) {
    case "webhook_dead":
      return `/admin/webhooks/${id}`;
    case "email_failed":
      return `/admin/mail/${id}`;
    case "campaign_price_unusable":
      return `/admin/campaigns/${id}`;
    case "awaiting_fulfilment":
    case "withdrawal_review":
    case "refund_failed":
      return `/admin/orders/${id}`;
    case "alert":
      return "/admin/alerts";
    case "payment_unknown":
      return `/admin/search?q=${encodeURIComponent(item.detail ?? item.id)}`;
  }
}

/** The page that shows what a search found. */
export function hitHref(hit: Pick<SearchHit, "kind" | "id" | "parentId">): string | null {
  const page = (path: string, id: string | null) => (id === null ? null : `/admin/${path}/${encodeURIComponent(id)}`);
  switch (hit.kind) {
    case "customer":
      return page("customers", hit.id);
    case "order":
      return page("orders", hit.id);
    case "subscription":
      return page("memberships", hit.id);
    case "payment":
      return page("orders", hit.parentId);
    case "invoice":
      return page("memberships", hit.parentId);
    case "webhook_event":
      return page("webhooks", hit.id);
    case "campaign":
      return page("campaigns", hit.id);
    case "email":
      return page("mail", hit.id);
  }
}

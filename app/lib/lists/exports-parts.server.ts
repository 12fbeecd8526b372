import { batchItemsList } from "./batch-items.ts";
import { customerKeysList } from "./customer-keys.ts";
import { deliveriesList } from "./deliveries.ts";
import { type Caller, type ListExport, listExport, type RowsOf } from "./export.server.ts";
import { grantsList } from "./grants.ts";
import { movementsList } from "./movements.ts";
import { offerShowingsList } from "./offer-showings.ts";
import { organizationMembersList } from "./organization-members.ts";

/** Lists that stand on a record's own page, as files: asked for with the record's id. */
export const PART_EXPORTS: readonly ListExport[] = [
  listExport<RowsOf<Caller["announcements"]["deliveries"]["list"]>>(
    deliveriesList,
    (caller, asked) => caller.announcements.deliveries.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "action", value: (row) => row.action },
      { name: "campaign", value: (row) => row.campaignId },
      { name: "version", value: (row) => row.version },
      { name: "state", value: (row) => row.state },
      { name: "tries", value: (row) => row.tries.length },
      { name: "last_status", value: (row) => row.tries.at(-1)?.status ?? null },
      { name: "last_problem", value: (row) => row.tries.at(-1)?.problem ?? null },
      { name: "next_attempt_at", value: (row) => row.nextAttemptAt },
      { name: "created_at", value: (row) => row.createdAt },
    ],
  ),
  listExport<RowsOf<Caller["webhooks"]["batches"]["items"]>>(
    batchItemsList,
    (caller, asked) => caller.webhooks.batches.items(asked as never),
    [
      { name: "position", value: (row) => row.position },
      { name: "event_id", value: (row) => row.id },
      { name: "type", value: (row) => row.type },
      { name: "object_id", value: (row) => row.objectId },
      { name: "would", value: (row) => row.would },
      { name: "would_effect", value: (row) => row.wouldEffect },
      { name: "outcome", value: (row) => row.outcome },
      { name: "note", value: (row) => row.note },
      { name: "status", value: (row) => row.status },
    ],
  ),
  listExport<RowsOf<Caller["apiKeys"]["ofCustomer"]>>(
    customerKeysList,
    (caller, asked) => caller.apiKeys.ofCustomer(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "name", value: (row) => row.name },
      { name: "prefix", value: (row) => row.prefix },
      { name: "scopes", value: (row) => row.scopes.join("; ") },
      { name: "state", value: (row) => row.state },
      { name: "rate_limit", value: (row) => row.rateLimit },
      { name: "budget_credits", value: (row) => row.budgetCredits },
      { name: "budget_period", value: (row) => row.budgetPeriod },
      { name: "last_used_at", value: (row) => row.lastUsedAt },
      { name: "expires_at", value: (row) => row.expiresAt },
      { name: "revoked_at", value: (row) => row.revokedAt },
      { name: "created_at", value: (row) => row.createdAt },
    ],
  ),
  listExport<RowsOf<Caller["credits"]["office"]["grants"]>>(
    grantsList,
    (caller, asked) => caller.credits.office.grants(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "source", value: (row) => row.source },
      { name: "source_id", value: (row) => row.sourceId },
      { name: "credits", value: (row) => row.credits },
      { name: "used", value: (row) => row.used },
      { name: "held", value: (row) => row.held },
      { name: "expired", value: (row) => row.expired },
      { name: "reclaimed", value: (row) => row.reclaimed },
      { name: "remaining", value: (row) => row.remaining },
      { name: "expires_at", value: (row) => row.expiresAt },
      { name: "created_at", value: (row) => row.createdAt },
    ],
  ),
  listExport<RowsOf<Caller["organizations"]["office"]["members"]>>(
    organizationMembersList,
    (caller, asked) => caller.organizations.office.members(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "name", value: (row) => row.name },
      { name: "email", value: (row) => row.email },
      { name: "customer_id", value: (row) => row.customerId },
      { name: "role", value: (row) => row.role },
      { name: "seat", value: (row) => (row.hasSeat ? "yes" : "no") },
      { name: "shut", value: (row) => (row.disabled ? "yes" : "no") },
      { name: "joined_at", value: (row) => row.joinedAt },
    ],
  ),
  listExport<RowsOf<Caller["inventory"]["movements"]>>(
    movementsList,
    (caller, asked) => caller.inventory.movements(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "at", value: (row) => row.at },
      { name: "sku", value: (row) => row.sku },
      { name: "location", value: (row) => row.location.en },
      { name: "change", value: (row) => row.delta },
      { name: "reason", value: (row) => row.reason },
      { name: "note", value: (row) => row.note },
      { name: "order_number", value: (row) => row.orderNumber },
      { name: "actor", value: (row) => row.actor },
    ],
  ),
  listExport<RowsOf<Caller["offers"]["showings"]>>(
    offerShowingsList,
    (caller, asked) => caller.offers.showings(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "subscription_id", value: (row) => row.subscriptionId },
      { name: "email", value: (row) => row.email },
      { name: "reason", value: (row) => row.reason },
      { name: "answer", value: (row) => row.answer },
      { name: "outcome", value: (row) => row.changeStatus },
      { name: "shown_at", value: (row) => row.shownAt },
    ],
  ),
];

import { alertsList } from "./alerts.ts";
import { batchesList } from "./batches.ts";
import { driftsList } from "./drifts.ts";
import { type Caller, type ListExport, listExport, money, type RowsOf } from "./export.server.ts";
import { jobsList } from "./jobs.ts";
import { mailList } from "./mail.ts";
import { askedEvents, webhooksList } from "./webhooks.ts";

/** Webhooks, what was compared, alerts, jobs and mail, as files. */
export const INBOX_EXPORTS: readonly ListExport[] = [
  listExport<RowsOf<Caller["messaging"]["emails"]["list"]>>(
    mailList,
    (caller, asked) => caller.messaging.emails.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "to", value: (row) => row.to },
      { name: "template", value: (row) => row.template },
      { name: "subject", value: (row) => row.subject },
      { name: "language", value: (row) => row.locale },
      { name: "status", value: (row) => row.status },
      { name: "attempts", value: (row) => row.attempts },
      { name: "cause", value: (row) => row.cause },
      { name: "created_at", value: (row) => row.createdAt },
      { name: "sent_at", value: (row) => row.sentAt },
    ],
  ),
  listExport<RowsOf<Caller["webhooks"]["events"]["list"]>>(
    webhooksList,
    (caller, { cursor, limit, direction, ...filters }) =>
      caller.webhooks.events.list({ ...askedEvents(filters as never), cursor, limit, direction } as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "external_id", value: (row) => row.externalId },
      { name: "type", value: (row) => row.type },
      { name: "object", value: (row) => row.objectId },
      { name: "source", value: (row) => row.source },
      { name: "status", value: (row) => row.status },
      { name: "attempts", value: (row) => row.attempts },
      { name: "effect", value: (row) => row.effect },
      { name: "last_error", value: (row) => row.lastError },
      { name: "occurred_at", value: (row) => row.occurredAt },
      { name: "received_at", value: (row) => row.receivedAt },
      { name: "handled_at", value: (row) => row.handledAt },
    ],
  ),
  listExport<RowsOf<Caller["webhooks"]["batches"]["list"]>>(
    batchesList,
    (caller, asked) => caller.webhooks.batches.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "act", value: (row) => row.act },
      { name: "phase", value: (row) => row.phase },
      { name: "total", value: (row) => row.total },
      { name: "reason", value: (row) => row.reason },
      { name: "by", value: (row) => row.createdBy },
      { name: "created_at", value: (row) => row.createdAt },
    ],
  ),
  listExport<RowsOf<Caller["reconciliation"]["drifts"]["list"]>>(
    driftsList,
    (caller, asked) => caller.reconciliation.drifts.list(asked as never),
    [
      { name: "kind", value: (row) => row.kind },
      { name: "object", value: (row) => row.object },
      { name: "subject", value: (row) => row.subject },
      { name: "field", value: (row) => row.field },
      { name: "ours", value: (row) => row.ours },
      { name: "theirs", value: (row) => row.theirs },
      { name: "found_at", value: (row) => row.foundAt },
      { name: "healed_by", value: (row) => row.healedBy },
      { name: "healed_at", value: (row) => row.healedAt },
    ],
  ),
  listExport<RowsOf<Caller["webhooks"]["alerts"]["list"]>>(
    alertsList,
    (caller, asked) => caller.webhooks.alerts.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "kind", value: (row) => row.kind },
      { name: "subject", value: (row) => row.subject },
      { name: "detail", value: (row) => row.detail },
      ...money<RowsOf<Caller["webhooks"]["alerts"]["list"]>>("at_stake", ({ amount, currency }) =>
        amount === null || currency === null ? null : { amount, currency },
      ),
      { name: "raised_at", value: (row) => row.raisedAt },
      { name: "resolved_at", value: (row) => row.resolvedAt },
    ],
  ),
  listExport<RowsOf<Caller["queue"]["jobs"]["list"]>>(
    jobsList,
    (caller, asked) => caller.queue.jobs.list(asked as never),
    [
      { name: "id", value: (row) => row.id },
      { name: "task", value: (row) => row.task },
      { name: "state", value: (row) => row.state },
      { name: "payload", value: (row) => row.payload },
      { name: "attempts", value: (row) => row.attempts },
      { name: "max_attempts", value: (row) => row.maxAttempts },
      { name: "last_error", value: (row) => row.lastError },
      { name: "run_at", value: (row) => row.runAt },
      { name: "created_at", value: (row) => row.createdAt },
    ],
  ),
];

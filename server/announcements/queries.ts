import { and, asc, eq, inArray, sql } from "drizzle-orm";
import {
  announcementAttempts,
  announcementDeliveries,
  announcementEndpoints,
} from "../../drizzle/schema/announcements.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { announcementErrors } from "./errors.ts";
import type { deliveryListInput } from "./input.ts";

const ENDPOINTS_SHOWN = 200;

/** What is shown of a receiver: never a secret. */
const shown = {
  id: announcementEndpoints.id,
  name: announcementEndpoints.name,
  url: announcementEndpoints.url,
  hasAccessKey: sql<boolean>`${announcementEndpoints.accessKey} is not null`,
  previousSecretUntil: announcementEndpoints.previousSecretUntil,
  disabledAt: announcementEndpoints.disabledAt,
  disabledBy: announcementEndpoints.disabledBy,
  consecutiveFailures: announcementEndpoints.consecutiveFailures,
  createdAt: announcementEndpoints.createdAt,
};

/** Every receiver, the oldest first. */
export async function listEndpoints(tx: Tx) {
  return tx
    .select(shown)
    .from(announcementEndpoints)
    .orderBy(asc(announcementEndpoints.createdAt), asc(announcementEndpoints.id))
    .limit(ENDPOINTS_SHOWN);
}

/** Throws `announcements.endpoint_not_found`. */
export async function getEndpoint(tx: Tx, id: string) {
  const [endpoint] = await tx.select(shown).from(announcementEndpoints).where(eq(announcementEndpoints.id, id));
  if (!endpoint) throw announcementErrors.endpointNotFound({ id });
  return endpoint;
}

/** A receiver's deliveries with every try, newest first; the announcements as text. */
export async function listDeliveries(tx: Tx, input: Asked<typeof deliveryListInput> & { readonly endpointId: string }) {
  const { createdAt, id } = announcementDeliveries;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const rows = await tx
    .select({ row: announcementDeliveries, id, cursorAt: place.cursorAt })
    .from(announcementDeliveries)
    .where(
      and(
        eq(announcementDeliveries.endpointId, input.endpointId),
        input.state && eq(announcementDeliveries.state, input.state),
        place.condition,
      ),
    )
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  const ids = page.items.map((item) => item.id);
  const attempts =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(announcementAttempts)
          .where(inArray(announcementAttempts.deliveryId, ids))
          .orderBy(asc(announcementAttempts.id));
  const items = page.items.map(({ row }) => ({
    ...row,
    tries: attempts.filter((attempt) => attempt.deliveryId === row.id),
  }));
  return { ...page, items };
}

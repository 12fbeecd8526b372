import { and, asc, eq, ilike, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import {
  announcementAttempts,
  announcementDeliveries,
  announcementEndpoints,
} from "../../drizzle/schema/announcements.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { announcementErrors } from "./errors.ts";
import type { deliveryListInput, endpointListInput } from "./input.ts";

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

/** Receivers, the oldest first unless asked otherwise. */
export async function listEndpoints(tx: Tx, input: Asked<typeof endpointListInput>) {
  const { createdAt, disabledAt, id, name, url } = announcementEndpoints;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "asc" });
  const part = `%${(input.q ?? "").replaceAll(/[\\%_]/g, "\\$&")}%`;
  const wanted = and(
    input.q ? or(ilike(name, part), ilike(url, part)) : undefined,
    input.state && (input.state === "on" ? isNull(disabledAt) : isNotNull(disabledAt)),
  );
  const rows = await tx
    .select({ ...shown, cursorAt: place.cursorAt })
    .from(announcementEndpoints)
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const from = sql`from ${announcementEndpoints} where ${wanted ?? sql`true`}`;
  return { ...place.page(rows), total: input.counted ? await countUpTo(tx, from) : null };
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
  const wanted = and(
    eq(announcementDeliveries.endpointId, input.endpointId),
    input.state && eq(announcementDeliveries.state, input.state),
    input.campaignId ? eq(announcementDeliveries.campaignId, input.campaignId) : undefined,
  );
  const rows = await tx
    .select({ row: announcementDeliveries, id, cursorAt: place.cursorAt })
    .from(announcementDeliveries)
    .where(and(wanted, place.condition))
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
  const total = input.counted ? await countUpTo(tx, sql`from ${announcementDeliveries} where ${wanted}`) : null;
  return { ...page, items, total };
}

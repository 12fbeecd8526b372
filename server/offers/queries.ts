import { and, eq, isNull, sql } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { retentionOffers, retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { offerErrors } from "./errors.ts";
import type { offerListInput, showingListInput } from "./input.ts";

/** How often it was shown, accepted and declined; what is left was never answered. */
const figures = {
  shown: counted(sql`true`),
  accepted: counted(sql`w.answer = 'accepted'`),
  declined: counted(sql`w.answer = 'declined'`),
};

function counted(which: ReturnType<typeof sql>) {
  return sql`(select count(*) from retention_showings w where w.offer_id = retention_offers.id and ${which})`.mapWith(
    Number,
  );
}

const shown = {
  id: retentionOffers.id,
  name: retentionOffers.name,
  kind: retentionOffers.kind,
  productIds: retentionOffers.productIds,
  reasons: retentionOffers.reasons,
  discountBps: retentionOffers.discountBps,
  months: retentionOffers.months,
  productId: retentionOffers.productId,
  variantId: retentionOffers.variantId,
  activeFrom: retentionOffers.activeFrom,
  activeUntil: retentionOffers.activeUntil,
  againAfterMonths: retentionOffers.againAfterMonths,
  position: retentionOffers.position,
  on: retentionOffers.on,
  revision: retentionOffers.revision,
  createdBy: retentionOffers.createdBy,
  createdAt: retentionOffers.createdAt,
  ...figures,
};

/** Every offer with what came of it, the newest first. */
export async function listOffers(tx: Tx, input: Asked<typeof offerListInput>) {
  const { createdAt, id, on } = retentionOffers;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const wanted = input.state && eq(on, input.state === "on");
  const rows = await tx
    .select({ ...shown, cursorAt: place.cursorAt })
    .from(retentionOffers)
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const from = sql`from ${retentionOffers} where ${wanted ?? sql`true`}`;
  return { ...place.page(rows), total: input.counted ? await countUpTo(tx, from) : null };
}

/** One offer with what came of it. Throws `offers.not_found`. */
export async function getOffer(tx: Tx, id: string) {
  const [row] = await tx.select(shown).from(retentionOffers).where(eq(retentionOffers.id, id));
  if (!row) throw offerErrors.notFound();
  return row;
}

/** Whom an offer was shown, for which reason, and what they answered, the newest first. */
export async function listShowings(tx: Tx, input: Asked<typeof showingListInput> & { readonly offerId: string }) {
  const { shownAt, id, offerId, answer } = retentionShowings;
  const place = keyset(input, { by: shownAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const wanted = and(
    eq(offerId, input.offerId),
    input.answer && (input.answer === "open" ? isNull(answer) : eq(answer, input.answer)),
  );
  const rows = await tx
    .select({
      ...{ id, answer, shownAt, reason: retentionShowings.reason, comment: retentionShowings.comment },
      subscriptionId: retentionShowings.subscriptionId,
      email: customers.email,
      /** What became of the change that came with a yes. */
      changeStatus: subscriptionChanges.status,
      cursorAt: place.cursorAt,
    })
    .from(retentionShowings)
    .innerJoin(customers, eq(customers.id, retentionShowings.customerId))
    .leftJoin(subscriptionChanges, eq(subscriptionChanges.showingId, retentionShowings.id))
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const from = sql`from ${retentionShowings} where ${wanted ?? sql`true`}`;
  return { ...place.page(rows), total: input.counted ? await countUpTo(tx, from) : null };
}

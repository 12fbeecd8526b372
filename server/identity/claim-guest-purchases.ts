import { and, eq, isNull } from "drizzle-orm";
import { carts } from "../../drizzle/schema/checkout.ts";
import { customers, providerCustomers, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { invariant } from "../kernel/invariant.ts";
import { CLAIMED_TABLES } from "./claimed-tables.ts";
import { lockAddress } from "./find-or-create-guest-customer.ts";

/**
 * Gives a user whose address is proven everything that was bought with it as a guest: orders, memberships, payments,
 * invoices, mails. Runs in the worker after the address was confirmed. One transaction; idempotent; returns how many
 * guests were claimed. Does nothing while the address is unproven. The guest's Stripe customers come along for the record
 * but are never offered again: whoever typed the address made them. Emits `customer.purchases_claimed`.
 */
export async function claimGuestPurchases(ctx: Ctx, { userId }: { userId: string }): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const [user] = await tx
      .select({ email: users.emailNormalized, verifiedAt: users.emailVerifiedAt, customerId: customers.id })
      .from(users)
      .leftJoin(customers, eq(customers.userId, users.id))
      .where(eq(users.id, userId));
    if (!user?.verifiedAt) return 0;
    invariant(user.customerId, `user ${userId} has a customer`);
    await lockAddress(tx, user.email);
    const guests = await tx
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.emailNormalized, user.email), isNull(customers.userId), isNull(customers.mergedIntoId)))
      .for("update");
    for (const guest of guests) await merge(tx, guest.id, user.customerId);
    if (guests.length > 0)
      ctx.log.info({ userId, customerId: user.customerId, guests: guests.length }, "guest purchases claimed");
    if (guests.length > 0) await emit(tx, { name: "customer.purchases_claimed", id: user.customerId });
    return guests.length;
  });
}

async function merge(tx: Tx, guestId: string, customerId: string): Promise<void> {
  // An open cart stays with the browser that holds its token; the account may have one of its own.
  await tx
    .update(carts)
    .set({ customerId: null })
    .where(and(eq(carts.customerId, guestId), eq(carts.status, "open"), eq(carts.direct, false)));
  await tx.update(providerCustomers).set({ reusable: false }).where(eq(providerCustomers.customerId, guestId));
  for (const table of CLAIMED_TABLES) await tx.update(table).set({ customerId }).where(eq(table.customerId, guestId));
  await tx.update(customers).set({ mergedIntoId: customerId }).where(eq(customers.id, guestId));
}

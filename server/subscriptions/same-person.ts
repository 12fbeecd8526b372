import { eq, sql } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";

/** The address that somebody is known by, in the form in which addresses are compared. */
export async function addressOf(tx: Tx, customerId: string): Promise<string | null> {
  const [customer] = await tx
    .select({ address: customers.emailNormalized })
    .from(customers)
    .where(eq(customers.id, customerId));
  return customer?.address ?? null;
}

/**
 * Every customer that somebody is, by their address: an account that was shut has it still and buys nothing any more, so that a guest
 * with it is another customer; so is one who comes by an address that an account had before it took another one, or a guest before
 * an account claimed it. Service role: a member's rights show none but themselves.
 */
export async function samePerson(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with known as (select email_normalized as address from customers where id = ${customerId})
    select ${customerId}::text as id
    union select coalesce(c.merged_into_id, c.id) from known join customers c on c.email_normalized = known.address
    union select c.id from known
      join email_changes e on e.confirmed_at is not null and lower(normalize(btrim(e.from_email), nfkc)) = known.address
      join customers c on c.user_id = e.user_id`);
  return rows.map(({ id }) => id);
}

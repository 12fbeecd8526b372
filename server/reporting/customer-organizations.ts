import { and, desc, eq, isNull } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { organizationMembers, organizations } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";

/** The organizations that a customer is in, the personal one first. At most fifty. */
export async function customerOrganizations(tx: Tx, customerId: string) {
  return tx
    .select({ id: organizations.id, name: organizations.name })
    .from(customers)
    .innerJoin(organizationMembers, eq(organizationMembers.userId, customers.userId))
    .innerJoin(organizations, eq(organizations.id, organizationMembers.organizationId))
    .where(and(eq(customers.id, customerId), isNull(organizationMembers.leftAt), isNull(organizations.closedAt)))
    .orderBy(desc(organizations.kind), organizations.name, organizations.id)
    .limit(50);
}

import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type JoiningWay, organizationDomains } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { keyset, type Page } from "../kernel/page.ts";
import { isPublicMailDomain, mailDomainOf } from "./public-mail-domains.ts";

export type { JoiningWay } from "../../drizzle/schema/organizations.ts";

/** Domains that were not given up. */
export const present = isNull(organizationDomains.givenUpAt);

/** A mail domain that a company has claimed. */
export type ClaimedDomain = {
  readonly id: string;
  readonly domain: string;
  readonly way: JoiningWay;
  readonly createdAt: Date;
};

/** The domains of a company, the first one first; there are ten at most. */
export function listDomains(tx: Tx, organizationId: string): Promise<ClaimedDomain[]> {
  const { id, domain, way, createdAt } = organizationDomains;
  return tx
    .select({ id, domain, way, createdAt })
    .from(organizationDomains)
    .where(and(eq(organizationDomains.organizationId, organizationId), present))
    .orderBy(asc(createdAt), asc(id));
}

/** The domain that whoever has this address could claim, and whether it is nobody's to claim. */
export function claimable(email: string): { domain: string; open: boolean } {
  const domain = mailDomainOf(normalizeEmail(email));
  return { domain, open: !isPublicMailDomain(domain) };
}

/** Somebody who asks to come in. */
export type Asker = {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly createdAt: Date;
  /** They could have come in by themselves, had there been a seat. */
  readonly lackedSeat: boolean;
};
type AskerRow = {
  id: string;
  email: string;
  name: string | null;
  lacked_seat: boolean;
  created_at: string;
  cursor_at: string;
};

/** A page of who asks to come in, who asked first first; for owners, admins and staff, others see nobody. */
export async function listAskers(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number },
): Promise<Page<Asker>> {
  const place = keyset(of, {
    ...{ by: sql`a.created_at`, id: sql`a.id`, type: "timestamptz", direction: "asc" },
  });
  const rows = await tx.execute<AskerRow>(sql`
    select a.id, a.email, a.name, a.lacked_seat, a.created_at, ${place.cursorAt} as cursor_at
    from app.organization_askers(${of.organizationId}) a where ${place.condition ?? sql`true`}
    order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  return place.page(
    rows.map(({ id, email, name, lacked_seat, created_at, cursor_at }) => ({
      ...{ id, email, name, lackedSeat: lacked_seat, createdAt: new Date(created_at), cursorAt: cursor_at },
    })),
  );
}

/** The company that somebody could come into by their proven address. */
export type Joinable = {
  readonly organizationId: string;
  readonly name: string;
  readonly domain: string;
  readonly way: JoiningWay;
  /** Null: they have not asked yet. */
  readonly askedAt: Date | null;
};
type JoinableRow = { organization_id: string; name: string; domain: string; way: JoiningWay; asked_at: string | null };

/** The company that the caller can come into by the own address, if any; nothing before that address is proven. */
export async function readJoinable(tx: Tx): Promise<Joinable | null> {
  const [row] = await tx.execute<JoinableRow>(sql`select * from app.joinable_organization()`);
  if (!row) return null;
  const { organization_id, name, domain, way, asked_at } = row;
  return { organizationId: organization_id, name, domain, way, askedAt: asked_at === null ? null : new Date(asked_at) };
}

import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { readableInk } from "./readable-ink.ts";

/** How an organization's own pages and mails look. */
export type Brand = {
  readonly name: string;
  /** `#rrggbb`, and what can be read on it. */
  readonly color: string;
  readonly ink: string;
  /** Shown at `/media/…`. */
  readonly logoFileId: string | null;
};

type Row = { name: string; color: string; logo_file_id: string | null };

/** Null where there is none, or while the organization's plan does not have it (now, whatever was sent before). */
export async function readBrand(tx: Tx, organizationId: string | null): Promise<Brand | null> {
  if (organizationId === null) return null;
  const [row] = await tx.execute<Row>(sql`
    select b.name, b.color, b.logo_file_id from organization_brands b join organizations o on o.id = b.organization_id
    where b.organization_id = ${organizationId} and o.closed_at is null and exists (select 1 from entitlements_effective e
      where e.organization_id = o.id and e.feature = 'hasWhiteLabel' and e.value = 'true'::jsonb)`);
  if (!row) return null;
  return { name: row.name, color: row.color, ink: readableInk(row.color) ?? "#161310", logoFileId: row.logo_file_id };
}

import { desc, sql } from "drizzle-orm";
import type { z } from "zod";
import { companyDetails } from "../../drizzle/schema/company.ts";
import type { Tx } from "../kernel/db.ts";
import { namesIn } from "../kernel/names.ts";
import { pageOf, readCursor } from "../kernel/page.ts";
import type { companyHistoryInput } from "./input.ts";

/** What staff have written of the company, the newest first, with who wrote it. */
export async function companyHistory(tx: Tx, input: z.output<typeof companyHistoryInput>) {
  const after = readCursor(input.cursor);
  const rows = await tx
    .select({
      ...{ id: companyDetails.id, name: companyDetails.name, orgNumber: companyDetails.orgNumber },
      ...{ vatNumber: companyDetails.vatNumber, address: companyDetails.address, email: companyDetails.email },
      ...{ phone: companyDetails.phone, bank: companyDetails.bank, setAt: companyDetails.setAt },
      actor: sql<string | null>`(select e.actor from audit_entries e where e.subject = company_details.id limit 1)`,
      cursorAt: sql<string>`${companyDetails.setAt}::text`,
    })
    .from(companyDetails)
    .where(
      after
        ? sql`(${companyDetails.setAt}, ${companyDetails.id}) < (${after.at}::timestamptz, ${after.id})`
        : undefined,
    )
    .orderBy(desc(companyDetails.setAt), desc(companyDetails.id))
    .limit(input.limit + 1);
  const page = pageOf(rows, input.limit);
  const names = await namesIn(
    tx,
    rows.map((row) => row.actor),
  );
  return {
    ...page,
    items: page.items.map(({ actor, ...row }) => ({ ...row, who: names[actor?.split(":")[1] ?? ""] ?? null })),
  };
}

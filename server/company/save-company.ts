import { desc, sql } from "drizzle-orm";
import { companyDetails } from "../../drizzle/schema/company.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Company } from "../kernel/company.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { companyErrors } from "./errors.ts";
import type { CompanyInput } from "./input.ts";

const FIELDS = ["name", "orgNumber", "vatNumber", "address", "email", "phone", "bank"] as const;

/**
 * Writes who sells, as it stands from now on at the foot of every page and in every mail: a row of its own, the earlier
 * ones stay. Recorded with what was changed. The same details again change nothing. `first` is what counts while nobody has
 * written any: the environment's. Every process shows it within a second. Locks the details. Throws `company.changed`
 * when they are no longer those that were seen.
 */
export async function saveCompany(ctx: Ctx, { seen, ...written }: CompanyInput, first: Company): Promise<void> {
  const wanted = { ...written, phone: written.phone || null, bank: written.bank || null };
  await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('company_details'))`);
    const [present] = await tx
      .select()
      .from(companyDetails)
      .orderBy(desc(companyDetails.setAt), desc(companyDetails.id))
      .limit(1);
    const before: Company = present ?? first;
    const changed = FIELDS.filter((field) => (before[field] ?? null) !== wanted[field]);
    if (changed.length === 0) return;
    if ((present?.id ?? "") !== seen) throw companyErrors.changed();
    const id = newId("cod");
    await tx.insert(companyDetails).values({ id, ...wanted, setAt: ctx.technical.now() });
    await recordAct(tx, { action: "company.save", subject: id, reason: changed.join(", ") });
  });
}

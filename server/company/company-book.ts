import type { Sql } from "postgres";
import type { Company } from "../kernel/company.ts";

/** Who sells, as a process knows it. */
export type CompanyBook = {
  /** As last seen. */
  current(): Company;
  /** What staff have not written counts from the environment. */
  readonly first: Company;
  /** Sees what staff have written since; asks the database at most once a second. What cannot be asked stays as it was. */
  look(): Promise<void>;
};

const MILLISECONDS = 1000;

/** Nothing is asked before the first {@link CompanyBook.look}: until then the environment's counts. */
export function createCompanyBook(sql: Sql, first: Company, onError: (error: unknown) => void): CompanyBook {
  let known = first;
  let looked = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  const ask = async () => {
    try {
      const [row] = await sql<Company[]>`
        select name, org_number as "orgNumber", vat_number as "vatNumber", address, email, phone, bank
        from company_details order by set_at desc, id desc limit 1`;
      known = row ? { ...row } : first;
    } catch (error) {
      onError(error);
    } finally {
      looked = performance.now();
      looking = null;
    }
  };
  return {
    first,
    current: () => known,
    look() {
      if (performance.now() - looked < MILLISECONDS) return Promise.resolve();
      looking ??= ask();
      return looking;
    },
  };
}

import { index, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "../columns.ts";

/** Who sells, as staff wrote it: the newest row counts, the older ones are what stood on the receipts of their time. */
export const companyDetails = pgTable(
  "company_details",
  {
    id: id(),
    name: text().notNull(),
    orgNumber: text().notNull(),
    vatNumber: text().notNull(),
    address: text().notNull(),
    email: text().notNull(),
    phone: text(),
    /** Where money is paid to by hand: a bankgiro, an account, in the owner's words. */
    bank: text(),
    /** Technical time. */
    setAt: instant().notNull(),
  },
  (table) => [index("company_details_set").on(table.setAt, table.id)],
);

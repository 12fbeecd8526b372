import { index, pgTable, text } from "drizzle-orm/pg-core";
import { type FulfilmentStatus, fulfilmentMachine } from "../../server/fulfilment/fulfilment-status.ts";
import { id, instant, statusCheck, transitions } from "../columns.ts";
import { customers } from "./identity.ts";
import { orders } from "./orders.ts";

/** The goods of one paid order. */
export const fulfilments = pgTable(
  "fulfilments",
  {
    id: id(),
    orderId: text()
      .notNull()
      .unique()
      .references(() => orders.id, { onDelete: "restrict" }),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    status: text().$type<FulfilmentStatus>().notNull(),
    createdAt: instant().notNull(),
    /** Who carries them, under which number, and where that can be followed; of goods that have left. */
    carrier: text(),
    trackingNumber: text(),
    trackingUrl: text(),
  },
  (table) => [
    statusCheck("fulfilments_status", table.status, fulfilmentMachine),
    index("fulfilments_status_created").on(table.status, table.createdAt),
  ],
);
export const fulfilmentTransitions = transitions(fulfilmentMachine);

import { getTableColumns } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import type { PgTable } from "drizzle-orm/pg-core";
import { invariant } from "./invariant.ts";
import type { Alongside } from "./machine.ts";

const casing = new CasingCache("snake_case");

/** What is to be written to a row, for a step of its lifecycle to write beside the status: by column, as the database takes it. */
export function alongsideOf(table: PgTable, values: object): Alongside {
  const columns = getTableColumns(table);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const column = columns[name];
      invariant(column, `a column of the table: ${name}`);
      const given: unknown = value === null ? null : column.mapToDriverValue(value);
      const plain = given === null || typeof given === "number" || typeof given === "string";
      return [casing.getColumnCasing(column), plain ? given : String(given)];
    }),
  );
}

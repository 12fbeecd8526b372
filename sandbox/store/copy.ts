import type { Database } from "./database.ts";

type Row = Record<string, string | number | null>;

/** Everything that a sandbox holds, for another one to go on with. */
export interface StateCopy {
  kraftverkSandbox: 1;
  tables: Record<string, Row[]>;
}

const columnsOf = (database: Database, table: string) =>
  database
    .sql(`pragma table_info(${table})`)
    .all()
    .map((row) => String(row.name));

export function exportState(database: Database): StateCopy {
  return database.unit(() => {
    database.flush();
    const tables = database.tables.map((table): [string, Row[]] => [
      table,
      database.sql(`select * from ${table}`).all() as Row[],
    ]);
    return { kraftverkSandbox: 1, tables: Object.fromEntries(tables) };
  });
}

/** Puts a copy in place of everything that is here. A table or column that this version does not know is an error. */
export function importState(database: Database, copy: StateCopy): void {
  for (const table of Object.keys(copy.tables))
    if (!database.tables.includes(table)) throw new Error(`The copy has a table that is not known here: ${table}`);
  database.unit(() => {
    database.clear();
    for (const [table, rows] of Object.entries(copy.tables)) {
      const known = columnsOf(database, table);
      for (const row of rows) {
        const names = Object.keys(row);
        const unknown = names.find((name) => !known.includes(name));
        if (unknown !== undefined) throw new Error(`The copy has a column that is not known here: ${table}.${unknown}`);
        database
          .sql(`insert into ${table} (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`)
          .run(...Object.values(row));
      }
    }
  });
  database.reload();
}

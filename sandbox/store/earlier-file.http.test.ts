import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { Database } from "./database.ts";
import { History } from "./history.ts";

it("goes on with a file of an earlier version: what objects were is still told", () => {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-sandbox-file-"));
  try {
    const earlier = new DatabaseSync(join(folder, "sandbox.sqlite"));
    earlier.exec(`create table history (
        collection text not null, id text not null, seq integer not null, before text not null,
        primary key (collection, id, seq)
      ) without rowid;
      insert into history values ('customer', 'cus_1', 7, '{"name":"Ada"}'), ('product', 'cus_1', 5, '{"name":"Book"}')`);
    earlier.close();
    for (const _twice of [1, 2]) {
      const database = new Database(folder);
      const customers = new History(database, "customer");
      expect(customers.asOf({ name: "Grace" }, "cus_1", 6)).toEqual({ name: "Ada" });
      expect(customers.asOf({ name: "Grace" }, "cus_1", 7)).toEqual({ name: "Grace" });
      expect(database.nextSequence()).toBe(8);
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

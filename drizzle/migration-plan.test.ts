import { describe, expect, it } from "vitest";
import { planMigration } from "./migration-plan.ts";

const live = new Set(["orders", "payments"]);
const planned = (...statements: string[]) => planMigration(statements, live);

describe("how a migration is run beside a shop that sells", () => {
  it("builds an index of a table in use concurrently and alone", () => {
    const plan = planned('CREATE INDEX "orders_note" ON "orders" USING btree ("note") WHERE note is not null;');
    expect(plan).toEqual({
      together: [],
      alone: [
        {
          kind: "index",
          name: "orders_note",
          statement: 'create index concurrently "orders_note" on "orders" USING btree ("note") WHERE note is not null',
        },
      ],
    });
  });

  it("builds the index of a new table with it, also one that says concurrently", () => {
    const making = 'CREATE TABLE "notes" ("id" text);';
    const plain = 'CREATE UNIQUE INDEX "notes_id" ON "notes" USING btree ("id");';
    expect(planned(making, plain)).toEqual({ together: [making, plain], alone: [] });
    const [made] = planned("create index concurrently notes_at on notes (at)").together;
    expect(made).toBe("create index  notes_at on notes (at)");
  });

  it.each([
    ['ALTER TABLE "orders" ADD CONSTRAINT "orders_sum" CHECK (total >= 0);', "orders_sum"],
    ["ALTER TABLE orders ADD CONSTRAINT orders_of FOREIGN KEY (a) REFERENCES public.customers(id);", "orders_of"],
    ["-- why\nalter table public.orders add constraint orders_sum check (total >= 0) not valid", "orders_sum"],
  ])("binds what is written from now on, and reads the old rows afterwards: %s", (sql, name) => {
    const { together, alone } = planned(sql);
    expect(together).toEqual([expect.stringMatching(/add constraint.*not valid$/is)]);
    expect(together[0]?.match(/not valid/gi)).toHaveLength(1);
    expect(alone).toEqual([
      { kind: "validate", name, statement: `alter table "orders" validate constraint "${name}"` },
    ]);
  });

  it("reads them once when the file says so itself", () => {
    const { alone } = planned(
      'ALTER TABLE "orders" ADD CONSTRAINT "orders_sum" CHECK (total >= 0) NOT VALID;',
      'ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_sum";',
    );
    expect(alone).toHaveLength(1);
  });

  it("makes a unique constraint of an index that is finished", () => {
    const { together, alone } = planned('ALTER TABLE "orders" ADD CONSTRAINT "orders_no" UNIQUE("number","shop");');
    expect(together).toEqual([]);
    expect(alone.map(({ statement }) => statement)).toEqual([
      'create unique index concurrently "orders_no" on "orders" ("number","shop")',
      'alter table "orders" add constraint "orders_no" unique using index "orders_no"',
    ]);
  });

  it("leaves everything else as it stands, comments and all, and nothing where nothing is", () => {
    const column = '-- how much\nALTER TABLE "orders" ADD COLUMN "note" text;';
    const several = "create index a on orders (a); create index b on orders (b);";
    expect(planned(column, "-- nothing\n", several)).toEqual({ together: [column, several], alone: [] });
  });
});

import { describe, expect, it } from "vitest";
import { risksOf } from "./risks.ts";

describe("what a migration does to a running shop", () => {
  it("says nothing of tables that it makes itself", () => {
    const sql =
      'CREATE TABLE "notes" ("id" text);--> statement-breakpoint\nCREATE INDEX "notes_id" ON "notes" USING btree ("id");';
    expect(risksOf(sql)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE "orders" DROP COLUMN "note";', /drops data/],
    ['ALTER TABLE "orders" ALTER COLUMN "note" SET NOT NULL;', /set not null/],
    ['ALTER TABLE "orders" ALTER COLUMN "note" SET DATA TYPE bigint;', /rewrites/],
    ['CREATE INDEX "orders_note" ON "orders" USING btree ("note");', /concurrently/],
    ['ALTER TABLE "orders" RENAME COLUMN "note" TO "remark";', /breaks/],
  ])("%s", (sql, sentence) => {
    expect(risksOf(sql)).toEqual([expect.stringMatching(sentence)]);
  });

  it("is content with an index made concurrently", () => {
    expect(risksOf('CREATE INDEX CONCURRENTLY "orders_note" ON "orders" ("note");')).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../test/run-program.ts";
import { risksOf } from "./risks.ts";

const folder = join(root, "drizzle", "migrations");

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
    ['ALTER TABLE "orders" ADD COLUMN "key" uuid DEFAULT gen_random_uuid() NOT NULL;', /row to row/],
    ['ALTER TABLE "orders" ADD CONSTRAINT "orders_key" PRIMARY KEY("key");', /under a lock/],
    ['ALTER TABLE "orders" RENAME COLUMN "note" TO "remark";', /breaks/],
  ])("%s", (sql, sentence) => {
    expect(risksOf(sql)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    'CREATE INDEX "orders_note" ON "orders" ("note");',
    'ALTER TABLE "orders" ADD CONSTRAINT "orders_sum" CHECK (total >= 0);',
    'ALTER TABLE "orders" ADD COLUMN "paid" boolean DEFAULT false NOT NULL;',
  ])("is content with what the migrator does beside the shop: %s", (sql) => {
    expect(risksOf(sql)).toEqual([]);
  });

  // 0000–0005 were released before this was asked of a migration.
  it.each(readdirSync(folder).filter((file) => file.endsWith(".sql") && file >= "0006"))("is not felt: %s", (file) => {
    expect(risksOf(readFileSync(join(folder, file), "utf8"))).toEqual([]);
  });
});

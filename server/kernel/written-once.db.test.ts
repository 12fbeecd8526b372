import { and, asc, eq, gt, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { afterAll, expect, it } from "vitest";
import { alerts } from "../../drizzle/schema/webhooks.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor } from "./db.ts";
import { writtenOnce } from "./written-once.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-written-once" });
afterAll(() => service.close());
const now = () => new Date();
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });
const on = (day: number) => new Date(Date.UTC(2026, 0, day));

it("answers what the builder would, whatever values it is asked with, and is put together once", async () => {
  for (const [kind, day] of [
    ["one", 1],
    ["one", 2],
    ["one", 3],
    ["two", 1],
  ] as const)
    await service.sql`insert into alerts (id, kind, subject, detail, raised_at)
      values (${`alr_${kind}_${day}`}, ${kind}, ${String(day)}, 'x', ${on(day).toISOString()}::timestamptz)`;
  const next = alias(alerts, "next");
  let written = 0;
  const write = (tx: Parameters<Parameters<typeof db.transaction>[0]>[0], kind: string, before: Date, limit: number) =>
    tx
      .select({ alert: alerts, next })
      .from(alerts)
      .leftJoin(next, and(eq(next.kind, alerts.kind), gt(next.raisedAt, alerts.raisedAt)))
      .where(and(eq(alerts.kind, kind), lt(alerts.raisedAt, before)))
      .orderBy(asc(alerts.id), asc(next.id))
      .limit(limit);
  const once = writtenOnce(["kind", "before", "limit"], (tx, { kind, before, limit }) => {
    written += 1;
    return tx
      .select({ alert: alerts, next })
      .from(alerts)
      .leftJoin(next, and(eq(next.kind, alerts.kind), gt(next.raisedAt, alerts.raisedAt)))
      .where(and(eq(alerts.kind, kind), lt(alerts.raisedAt, before)))
      .orderBy(asc(alerts.id), asc(next.id))
      .limit(limit);
  });
  for (const [kind, before, limit, rows] of [
    ["one", on(9), 10, 4],
    ["one", on(2), 10, 2],
    ["one", on(9), 1, 1],
    ["two", on(9), 10, 1],
    ["three", on(9), 10, 0],
  ] as const) {
    const found = await db.transaction((tx) => once(tx, { kind, before: before.toISOString(), limit }));
    expect(found).toHaveLength(rows);
    expect(found).toEqual(await db.transaction((tx) => write(tx, kind, before, limit)));
  }
  const [alone] = await db.transaction((tx) => once(tx, { kind: "two", before: on(9).toISOString(), limit: 1 }));
  expect(alone).toMatchObject({ alert: { raisedAt: on(1) }, next: null });
  expect(written).toBe(1);
});

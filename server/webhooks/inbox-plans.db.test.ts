import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";

const { urls } = await testDatabase();

test("the intake looks up an event by its key, also by a plan that was made while the inbox was empty", async () => {
  const owner = postgres(urls.owner, { max: 1, connection: { enable_seqscan: "off" } });
  await owner`analyze webhook_events`;
  const rows = await owner.unsafe<{ "QUERY PLAN": string }[]>(
    "explain (generic_plan) select status from webhook_events where id = $1",
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("Index Scan using webhook_events_pkey");
  await owner.end();
});

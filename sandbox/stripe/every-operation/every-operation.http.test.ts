import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../../test-bench.ts";
import { operations } from "../api/routes.ts";
import { ofTheAccount } from "./account.ts";
import { ofInvoices, ofSubscriptions } from "./billing.ts";
import { ofTheCatalog } from "./catalog.ts";
import { ofCustomers } from "./customers.ts";
import { ofPayments } from "./payments.ts";
import { Stage, type Table } from "./stage.ts";
import { ofUsage } from "./usage.ts";

const table: Table = {
  ...ofCustomers,
  ...ofTheCatalog,
  ...ofPayments,
  ...ofSubscriptions,
  ...ofInvoices,
  ...ofUsage,
  ...ofTheAccount,
};

/**
 * Refused for everything that is simulated: only a refund that waits for its customer can be canceled, and cards' never do; at this
 * version no customer has a discount of its own; and every subscription is in flexible mode from the start.
 */
const refused = new Map([
  ["POST /v1/refunds/:id/cancel", 400],
  ["DELETE /v1/customers/:id/discount", 404],
  ["POST /v1/subscriptions/:id/migrate", 400],
]);

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

/** The official client, typed and without a cast, against every operation; each answer is held against its shape. */
describe("the official client", () => {
  it("has a call here for each operation that is there, and for no other", () => {
    const here = operations.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ":id")}`);
    expect(Object.keys(table).sort()).toEqual(here.sort());
  });

  it.each(Object.entries(table))("drives %s", async (operation, call) => {
    const stage = new Stage(bench);
    if (refused.has(operation)) await expect(call(stage)).rejects.toMatchObject({ type: "StripeInvalidRequestError" });
    else await call(stage);
    const last = stage.answered.at(-1);
    const [method, path = ""] = operation.split(" ");
    expect(last).toMatchObject({ method, status: refused.get(operation) ?? 200 });
    expect(last?.path).toMatch(new RegExp(`^${path.replace(/:id/g, "[^/]+")}$`));
  });
});

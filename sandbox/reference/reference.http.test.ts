import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../stripe/api/routes.ts";
import type { Event } from "../stripe/wire.ts";
import { startTestBench, type TestBench } from "../test-bench.ts";
import { explained, extraParameters, unpublishedOperations } from "./explained.ts";
import { differences, type Published, readPublished, readRecorded, referenceDir, resolve } from "./published.ts";
import { liveStory } from "./story.ts";

type Table = Record<string, unknown>;
const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object of the provider inside an answer, by kind. */
function objectsIn(value: unknown, found: Table[] = []): Table[] {
  if (Array.isArray(value)) for (const one of value) objectsIn(one, found);
  if (!isTable(value)) return found;
  if (typeof value.object === "string") found.push(value);
  for (const one of Object.values(value)) objectsIn(one, found);
  return found;
}

/** The names an object has, nested tables included, other objects not. */
function namesIn(value: Table, prefix = ""): string[] {
  return Object.entries(value).flatMap(([name, one]) => {
    const at = `${prefix}${name}`;
    const inner = Array.isArray(one) ? one.find(isTable) : one;
    const free = name === "metadata" || name === "payment_method_options" || name === "payment_method";
    if (!isTable(inner) || free || (inner.object !== undefined && inner.object !== "list")) return [at];
    return [at, ...namesIn(inner, `${at}.`)];
  });
}

describe.skipIf(referenceDir === undefined)(
  "against the provider's published shapes and recorded answers (set STRIPE_REFERENCE_DIR to run)",
  () => {
    const dir = referenceDir ?? "";
    let bench: TestBench;
    let published: Published;
    let made: Table[] = [];

    beforeAll(async () => {
      bench = await startTestBench();
      published = readPublished(dir);
      const { subscription, charge, customer } = await liveStory(bench);
      const { stripe } = bench;
      const events: Event[] = [];
      for await (const one of stripe.events.list({ limit: 100 })) events.push(one as unknown as Event);
      const raw = (path: string) =>
        fetch(`${bench.sandbox.url}/v1/${path}`, { headers: { Authorization: "Bearer sk_test_x" } }).then((one) =>
          one.json(),
        );
      const answers = await Promise.all([
        raw("customers"),
        raw("products"),
        raw("prices"),
        raw("checkout/sessions?expand[]=data.line_items"),
        raw("payment_intents"),
        raw("charges"),
        raw("refunds"),
        raw("balance_transactions"),
        raw(
          `charges/${charge}?expand[]=refunds.data.balance_transaction&expand[]=payment_intent&expand[]=balance_transaction`,
        ),
        raw(
          `subscriptions/${subscription}?expand[]=latest_invoice.payments&expand[]=default_payment_method&expand[]=latest_invoice.confirmation_secret&expand[]=customer`,
        ),
        raw("invoices"),
        raw("invoice_payments"),
        raw("invoices?limit=100"),
        raw("subscriptions?limit=100&expand[]=data.discounts"),
        raw("invoiceitems"),
        raw("coupons"),
        raw("setup_intents"),
        raw("disputes"),

        raw("events"),
        raw("webhook_endpoints"),
      ]);
      const entries = await raw(`customers/${customer}/balance_transactions`);
      made = objectsIn([answers, entries, events.map((one) => JSON.parse(JSON.stringify(one.data.object)) as unknown)]);
    }, 60_000);
    afterAll(() => bench.close());

    it("says only what is published, and everything that is required", () => {
      const schemas = Object.values(published.components.schemas).filter(
        (one) => one["x-resourceId"] !== undefined && one.properties?.deleted === undefined,
      );
      const wrong = new Set<string>();
      const kinds = new Set<string>();
      for (const object of made) {
        const kind = String(object.object);
        const candidates = schemas.filter((one) => one["x-resourceId"] === kind);
        const all =
          candidates.length > 0
            ? candidates
            : Object.values(published.components.schemas).filter((one) => one["x-resourceId"] === kind);
        if (all.length === 0) continue;
        kinds.add(kind);
        const best = all
          .map((one) => differences(published, one, object, kind))
          .reduce((a, b) => (b.length < a.length ? b : a));
        for (const one of best) wrong.add(one.replace(/\[\d+\]/g, "[]"));
      }
      expect([...kinds].sort()).toEqual(
        expect.arrayContaining([
          "balance_transaction",
          "charge",
          "checkout.session",
          "coupon",
          "customer",
          "customer_balance_transaction",
          "discount",
          "dispute",
          "invoice",
          "invoiceitem",
          "invoice_payment",
          "item",
          "line_item",
          "payment_intent",
          "payment_method",
          "plan",
          "price",
          "product",
          "refund",
          "setup_intent",
          "subscription",
          "subscription_item",
          "webhook_endpoint",
        ]),
      );
      expect([...wrong].filter((one) => !explained.notPublished.some((known) => one.startsWith(known))).sort()).toEqual(
        [],
      );
    });

    it("says everything that real answers said, but for what the pinned version removed", () => {
      const recorded = objectsIn(
        readRecorded(dir)
          .filter((one) => Number(one.status) === 200)
          .map((one) => one.response),
      );
      const lacking = new Set<string>();
      const compared = new Set<string>();
      for (const kind of new Set(made.map((one) => String(one.object)))) {
        const ours = new Set(made.filter((one) => one.object === kind).flatMap((one) => namesIn(one)));
        for (const theirs of recorded.filter((one) => one.object === kind)) {
          compared.add(kind);
          if (kind === "payment_method" && theirs.type !== "card") continue;
          for (const name of namesIn(theirs)) if (!ours.has(name)) lacking.add(`${kind}.${name}`);
        }
      }
      expect(compared.size).toBeGreaterThanOrEqual(11);
      expect(
        [...lacking]
          .filter((one) => !explained.notSaid.some((known) => one === known || one.startsWith(`${known}.`)))
          .sort(),
      ).toEqual([]);
    });

    it("knows every parameter of every operation it has, and no other", () => {
      const wrong: string[] = [];
      for (const { method, path, parameters } of operations) {
        const generic = path.replace(/:\w+/g, "{}");
        const found = Object.entries(published.paths).find(([one]) => one.replace(/\{\w+\}/g, "{}") === generic)?.[1];
        const shape = found?.[method.toLowerCase() as "get"]?.["x-params"];
        if (unpublishedOperations.includes(`${method} ${path}`)) continue;
        if (!found) {
          wrong.push(`${method} ${path}: no such operation`);
          continue;
        }
        const names = new Set(Object.keys(shape ? (resolve(published, shape).properties ?? {}) : {}));
        for (const name of names)
          if (name !== "expand" && !parameters.includes(name)) wrong.push(`${method} ${path} lacks ${name}`);
        for (const name of parameters)
          if (!names.has(name) && !extraParameters.includes(`${method} ${path} ${name}`))
            wrong.push(`${method} ${path} invents ${name}`);
      }
      expect(wrong).toEqual([]);
    });
  },
);

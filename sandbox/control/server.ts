import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { isCrossSite } from "../http-security.ts";
import type { Mailbox } from "../mailbox/store.ts";
import { exportState } from "../store/copy.ts";
import type { RequestLog } from "../stripe/api/request-log.ts";
import type { Deliverer } from "../stripe/delivery/deliverer.ts";
import { attemptsOf, deliveriesOf, pendingDeliveries } from "../stripe/delivery/queue.ts";
import { clockOfCustomer } from "../stripe/test-clocks/clock-of.ts";
import { byItself, inUnit } from "../stripe/unit.ts";
import type { World } from "../stripe/world.ts";
import { redeliver, reset, takeOver } from "./actions.ts";
import { type Advance, AdvanceRefused } from "./advance.ts";
import { bankControls } from "./bank.ts";
import { after } from "./duration.ts";
import { type Faults, faultsInput } from "./faults.ts";
import { ProductUnreachable } from "./product.ts";
import { rateLimitInput } from "./rate-limit.ts";
import { scenarioNames, scenarios } from "./scenarios.ts";

/** Everything the operator's side works with. */
export interface Bench {
  world: World;
  faults: Faults;
  mailbox: Mailbox;
  log: RequestLog;
  deliverer: Deliverer;
  advance: Advance;
  /** Registers the configured endpoint and the seed again. */
  prepare: () => void;
}

/** `step`: how much happens here before the product sees it; `through`: the clock is moved on from there at once. */
const pace = { step: z.string().optional(), through: z.boolean().optional() };
const advanceInput = z.union([
  z.strictObject({ by: z.string(), ...pace }),
  z.strictObject({ to: z.union([z.literal("next"), z.iso.datetime({ offset: true })]), ...pace }),
]);

/** A state as it is exported. */
export const copyInput = z.strictObject({
  kraftverkSandbox: z.literal(1),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))),
});
const scenarioInput = z.strictObject({ scenario: z.enum(scenarioNames) });

const iso = (instant: number) => new Date(instant).toISOString();

/** A whole state may be that many bytes. */
export const wholeState = 500_000_000;

export class BadInput extends Error {}

async function json(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput("The body is not JSON.");
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadInput(
    parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; "),
  );
}

/** How far to go: by a duration, to an instant, or to whatever comes next. */
export async function targetOf(bench: Bench, input: z.infer<typeof advanceInput>): Promise<number> {
  const now = bench.world.clock.now();
  if ("by" in input) {
    const target = after(now, input.by);
    if (target === undefined) throw new BadInput(`by: "${input.by}" is no ISO 8601 duration such as P1M or PT2H`);
    return target;
  }
  if (input.to !== "next") return Date.parse(input.to);
  return (await bench.advance.next())?.at ?? now;
}

/** The control API, for tests and for the operator's own programs. JSON only, and never for another site's page. */
export function controlServer(bench: Bench): Hono {
  const { world, faults, mailbox, log, deliverer, advance } = bench;
  const app = new Hono();

  const usual = bodyLimit({ maxSize: 1_000_000 });
  const whole = bodyLimit({ maxSize: wholeState });
  app.use("/_control/*", (c, next) => (c.req.path === "/_control/import" ? whole : usual)(c, next));
  app.use("/_control/*", async (c, next) => {
    if (isCrossSite((name) => c.req.header(name), world.publicUrl))
      return c.json({ error: { code: "cross_site", message: "Other sites' pages cannot control the sandbox." } }, 403);
    const hasBody = c.req.header("content-length") !== undefined && c.req.header("content-length") !== "0";
    if (hasBody && !c.req.header("content-type")?.startsWith("application/json")) {
      return c.json({ error: { code: "not_json", message: "Send JSON with Content-Type: application/json." } }, 415);
    }
    return next();
  });
  app.onError((error, c) => {
    if (error instanceof BadInput) return c.json({ error: { code: "invalid", message: error.message } }, 400);
    const now = iso(world.clock.now());
    if (error instanceof AdvanceRefused) {
      const at = error.at === undefined ? null : iso(error.at);
      return c.json(
        { error: { code: error.code, message: error.message, at }, now },
        error.code === "backwards" ? 400 : 409,
      );
    }
    if (error instanceof ProductUnreachable)
      return c.json({ error: { code: "product", message: error.message }, now }, 502);
    console.error(error);
    return c.json({ error: { code: "failed", message: error.message }, now }, 500);
  });

  const clockState = () => {
    const next = advance.nextHere();
    const running = advance.running;
    return {
      now: iso(world.clock.now()),
      offsetMs: world.clock.offsetMs,
      nextDue: next ? { at: iso(next.at), what: next.what } : null,
      advancing: running ? { target: iso(running.target), steps: running.steps } : null,
    };
  };

  app.get("/_control/clock", (c) => c.json(clockState()));
  app.get("/_control/upcoming", (c) => {
    const limit = parse(z.coerce.number().int().min(1).max(1_000), c.req.query("limit") ?? 100);
    return c.json({ upcoming: advance.upcoming(limit).map(({ at, what }) => ({ at: iso(at), what })) });
  });
  app.post("/_control/clock/advance", async (c) => {
    const input = parse(advanceInput, await json(c));
    const window = input.step === undefined ? 0 : (after(0, input.step) ?? -1);
    if (window < 0) throw new BadInput(`step: "${input.step}" is no ISO 8601 duration such as PT1H`);
    const done = await advance.to(await targetOf(bench, input), window, input.through);
    return c.json({ ...clockState(), steps: done.steps, performed: done.performed });
  });

  app.post("/_control/reset", async (c) => {
    const { productTold } = await reset(bench);
    return c.json({ reset: true, productTold, ...clockState() });
  });

  app.get("/_control/export", (c) => c.json(exportState(world.database)));
  app.post("/_control/import", async (c) => {
    takeOver(bench, parse(copyInput, await json(c)));
    return c.json({ imported: true, ...clockState() });
  });
  app.post("/_control/customers/:id/scenarios", async (c) => {
    const { scenario } = parse(scenarioInput, await json(c));
    const id = c.req.param("id");
    if (!world.customers.get(id)) return c.json({ error: { code: "not_found", message: "No such customer." } }, 404);
    return c.json({
      scenario,
      happened: inUnit(world, byItself, (unit) => scenarios[scenario].run(unit, id), clockOfCustomer(world, id)),
    });
  });

  bankControls(app, world, (c, schema) => json(c).then((value) => parse(schema, value)));

  app.get("/_control/rate_limit", (c) => c.json(world.rateLimit.get()));
  app.post("/_control/rate_limit", async (c) => c.json(world.rateLimit.set(parse(rateLimitInput, await json(c)))));
  app.get("/_control/faults", (c) => c.json(faults.get()));
  app.post("/_control/faults", async (c) => c.json(faults.set(parse(faultsInput, await json(c)))));
  app.delete("/_control/faults", (c) => c.json(faults.clear()));

  app.post("/_control/events/:id/redeliver", (c) => {
    const event = world.events.get(c.req.param("id"));
    if (!event) return c.json({ error: { code: "not_found", message: "No such event." } }, 404);
    return c.json({ redelivered: redeliver(bench, event) });
  });
  app.get("/_control/events/:id/deliveries", (c) => {
    const deliveries = deliveriesOf(world, c.req.param("id")).map((one) => ({
      ...one,
      log: attemptsOf(world, one.id),
    }));
    return c.json({ deliveries });
  });
  app.post("/_control/webhooks/flush", async (c) => {
    world.database.sql("update deliveries set next_at = ? where state = 'pending'").run(Math.floor(world.clock.now()));
    deliverer.wake();
    const until = performance.now() + 30_000;
    while (deliverer.busy() && performance.now() < until) await deliverer.quiet(100);
    return c.json({ pendingDeliveries: pendingDeliveries(world) });
  });

  app.get("/_control/state", (c) =>
    c.json({
      ...clockState(),
      counts: {
        customers: world.customers.count(),
        products: world.products.count(),
        prices: world.prices.count(),
        checkoutSessions: world.sessions.count(),
        paymentIntents: world.paymentIntents.count(),
        charges: world.charges.count(),
        refunds: world.refunds.count(),
        subscriptions: world.subscriptions.count(),
        invoices: world.invoices.count(),
        coupons: world.coupons.count(),
        events: world.events.count(),
        webhookEndpoints: world.endpoints.count(),
        mail: mailbox.count(),
      },
      pendingDeliveries: pendingDeliveries(world),
      unimplemented: log.unimplemented(),
      faults: faults.get(),
    }),
  );
  app.get("/_control/requests", (c) =>
    c.json({ requests: log.latest(200).map((one) => ({ ...one, at: iso(one.at) })) }),
  );
  app.get("/_control/mail", async (c) => {
    const letters = await mailbox.list(Number(c.req.query("limit") ?? 100), c.req.query("to"));
    return c.json({ mail: letters.map((one) => ({ ...one, receivedAt: iso(one.receivedAt) })) });
  });
  return app;
}

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { redeliver, reset, takeOver } from "../control/actions.ts";
import { AdvanceRefused } from "../control/advance.ts";
import { faultsInput } from "../control/faults.ts";
import { scenarioNames, scenarios } from "../control/scenarios.ts";
import { type Bench, copyInput, targetOf, wholeState } from "../control/server.ts";
import { isCrossSite } from "../http-security.ts";
import { failPayout } from "../stripe/payouts/make.ts";
import { clockOfCustomer } from "../stripe/test-clocks/clock-of.ts";
import { byItself, inUnit } from "../stripe/unit.ts";
import { callsPage } from "./calls.ts";
import { eventPage, eventsPage } from "./events.ts";
import { faultsFromForm } from "./fault-form.ts";
import { benchPage } from "./layout.ts";
import { findObject, objectPage, objectsPage } from "./objects.ts";
import { overview, type Said } from "./overview.ts";

/** The operator's page, and what its buttons do. Works without scripts. */
export function workbenchPages(bench: Bench): Hono {
  const { advance, faults, world } = bench;
  const app = new Hono();

  const home = (c: Context, said?: Said, customer?: string) => {
    const body = overview(bench, said, customer);
    return benchPage(c, { title: "Workbench", section: "/", body, status: said?.bad ? 409 : 200 });
  };

  const [usual, whole] = [bodyLimit({ maxSize: 64_000 }), bodyLimit({ maxSize: wholeState })];
  app.use("/_workbench/*", (c, next) => (c.req.path === "/_workbench/import" ? whole : usual)(c, next));
  app.use("/_workbench/*", async (c, next) => {
    return isCrossSite((name) => c.req.header(name), world.publicUrl)
      ? c.text("Other sites' pages cannot control the sandbox.", 403)
      : next();
  });

  app.get("/", (c) => {
    const words: Record<string, string> = {
      faults: "The faults are set.",
      clear: "Nothing goes wrong on purpose any more.",
      reset: "Everything is as on the first day.",
      import: "The file's state is in place of what was here.",
    };
    const said = words[c.req.query("done") ?? ""];
    return home(c, said === undefined ? undefined : { text: said, bad: false });
  });
  app.get("/events", (c) =>
    benchPage(c, {
      title: "Events",
      section: "/events",
      body: eventsPage(bench, c.req.query("type"), c.req.query("before")),
    }),
  );
  app.get("/events/:id", (c) => {
    const body = eventPage(bench, c.req.param("id"));
    return benchPage(c, {
      title: "Event",
      section: "/events",
      body: body ?? html`<p>No such event.</p>`,
      status: body === undefined ? 404 : 200,
    });
  });
  app.get("/objects", (c) =>
    benchPage(c, {
      title: "Objects",
      section: "/objects",
      body: objectsPage(world, c.req.query("kind"), c.req.query("before")),
    }),
  );
  app.get("/find", (c) => {
    const id = (c.req.query("id") ?? "").trim();
    if (id.startsWith("evt_")) return c.redirect(`/events/${encodeURIComponent(id)}`, 303);
    const found = findObject(world, id);
    const body = found
      ? objectPage(world, found)
      : html`<p>No object has the id <code>${id}</code>.</p><p><a href="/objects">All objects</a></p>`;
    return benchPage(c, { title: found?.id ?? "Not found", section: "/objects", body, status: found ? 200 : 404 });
  });
  app.get("/calls", (c) =>
    benchPage(c, { title: "Calls", section: "/calls", body: callsPage(bench.log, world.published) }),
  );

  app.post("/_workbench/advance", async (c) => {
    const form = await c.req.formData();
    const [by, to] = [String(form.get("by") ?? ""), String(form.get("to") ?? "")];
    try {
      const input = by === "" ? { to: to === "next" ? ("next" as const) : new Date(`${to}Z`).toISOString() } : { by };
      await advance.to(await targetOf(bench, input));
    } catch (error) {
      if (error instanceof AdvanceRefused || error instanceof RangeError)
        return home(c, { text: error.message, bad: true });
      return home(c, { text: error instanceof Error ? error.message : String(error), bad: true });
    }
    return c.redirect("/", 303);
  });
  app.post("/_workbench/scenario", async (c) => {
    const form = await c.req.formData();
    const customer = String(form.get("id") || form.get("customer") || "").trim();
    const scenario = scenarioNames.find((one) => one === form.get("scenario"));
    if (!scenario || !world.customers.get(customer))
      return home(c, { text: `There is no customer ${customer}.`, bad: true });
    const text = inUnit(
      world,
      byItself,
      (unit) => scenarios[scenario].run(unit, customer),
      clockOfCustomer(world, customer),
    );
    return home(c, { text, bad: false }, customer);
  });
  app.post("/_workbench/payout", async (c) => {
    const payout = world.payouts.get(String((await c.req.formData()).get("id") ?? ""));
    if (!payout) return home(c, { text: "There is no such payout.", bad: true });
    inUnit(world, byItself, (unit) => failPayout(unit, payout, "account_closed"));
    return home(c, { text: `The bank has sent ${payout.id} back: the account has been closed.`, bad: false });
  });
  app.post("/_workbench/faults", async (c) => {
    const parsed = faultsInput.safeParse(faultsFromForm(await c.req.formData(), faults.get()));
    if (!parsed.success)
      return home(c, {
        text: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
        bad: true,
      });
    faults.set(parsed.data);
    return c.redirect("/?done=faults", 303);
  });
  app.post("/_workbench/faults/clear", (c) => {
    faults.clear();
    return c.redirect("/?done=clear", 303);
  });
  app.post("/_workbench/import", async (c) => {
    const file = (await c.req.formData()).get("state");
    try {
      const copy = copyInput.safeParse(JSON.parse(file instanceof File ? await file.text() : ""));
      if (!copy.success) throw new SyntaxError();
      takeOver(bench, copy.data);
    } catch (error) {
      const notACopy = "Nothing was changed: choose a file that was downloaded from a sandbox.";
      return home(c, {
        text: error instanceof Error && !(error instanceof SyntaxError) ? error.message : notACopy,
        bad: true,
      });
    }
    return c.redirect("/?done=import", 303);
  });
  app.post("/_workbench/reset", async (c) => {
    if (
      String((await c.req.formData()).get("word") ?? "")
        .trim()
        .toLowerCase() !== "reset"
    ) {
      return home(c, { text: "Nothing was reset: type the word reset to confirm.", bad: true });
    }
    if (advance.running) return home(c, { text: "The clock is on its way; reset when it has arrived.", bad: true });
    await reset(bench);
    return c.redirect("/?done=reset", 303);
  });
  app.post("/_workbench/events/:id/redeliver", (c) => {
    const event = world.events.get(c.req.param("id"));
    if (event) redeliver(bench, event);
    return c.redirect(`/events/${c.req.param("id")}`, 303);
  });
  return app;
}

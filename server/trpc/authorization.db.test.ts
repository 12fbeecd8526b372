import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { TRPCError } from "@trpc/server";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testCompany } from "../../scripts/test/company.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { ensureBuild } from "../../scripts/test/product.ts";
import type { LoadContext } from "../http/load-context.ts";
import { accountActor } from "../identity/index.ts";
import { KEY_SCOPES, type KeyScope, STAFF_ROLES } from "../kernel/actor.ts";
import { technicalClock } from "../kernel/clock.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { projectFile } from "../kernel/project-file.ts";
import type { Providers } from "../ports.ts";
import { FRESH, type PageAccess, PROCEDURES, type ProcedureAccess, ROUTES, SCOPES } from "./authorization-table.ts";
import type { Browser, RequestCtx, Session } from "./context.ts";
import { type Access, authorize } from "./init.ts";
import { appRouter, createCaller } from "./router.ts";

const { urls } = await testDatabase();
const member = connect(urls.member, { name: "test-member", max: 2 });
afterAll(() => member.close());

/** Everybody who may come. */
const VISITORS = ["anonymous", "customer", "unverified", ...STAFF_ROLES] as const;
type Visitor = (typeof VISITORS)[number];

function sessionOf(visitor: Visitor): Session | null {
  if (visitor === "anonymous") return null;
  const role = STAFF_ROLES.find((one) => one === visitor) ?? null;
  const base = {
    id: `ses_${visitor}`,
    userId: `usr_${visitor}`,
    customerId: `cus_${visitor}`,
    email: `${visitor}@example.com`,
    name: null,
    locale: "sv" as const,
  };
  return { ...base, emailVerified: visitor !== "unverified", staffRole: role, ...PROVEN };
}

/** A program that acts for somebody has proven nothing lately. */
function withKey(session: Session | null, apiKey: Session["apiKey"]): Session | null {
  return session && apiKey ? { ...session, apiKey, authenticatedAt: null } : session;
}

/** Whoever comes has just proven who they are: what asks for that again is tested where it is built. */
const PROVEN = { authenticatedAt: new Date(), secondFactor: true, staffLocked: false, impersonation: null };

/** Staff in a live shop who have set up no second factor yet. */
const LOCKED = { secondFactor: false, staffLocked: true };

const isForCustomers = (access: ProcedureAccess | PageAccess | undefined) =>
  typeof access === "string" && access !== "staff";

/** No provider is reached here: whoever gets as far as one was let in. What is refused is counted. */
const noProviders = new Proxy(
  { countError: () => {} },
  {
    get: (target, name) => {
      if (name === "countError") return target.countError;
      throw new Error(`reached the provider ${String(name)}`);
    },
  },
) as unknown as Providers;
const browser: Browser = {
  ip: "198.51.100.1",
  userAgent: null,
  locale: "sv",
  cartToken: null,
  idempotencyKey: null,
  secondStepToken: null,
  retryAfter: () => {},
  knownDevice: null,
  setSecondStep: () => {},
  clearSecondStep: () => {},
  setKnownDevice: () => {},
  setSession: () => {},
  clearSession: () => {},
  setCartToken: () => {},
};
function contextOf(visitor: Visitor, scopes: readonly KeyScope[] | null = null): RequestCtx {
  const apiKey = scopes && { id: "key_1", name: "test", scopes, rateLimit: 1_000 };
  const session = withKey(sessionOf(visitor), apiKey);
  const actor = session ? accountActor(session) : ({ kind: "anonymous", tokens: [] } as const);
  const now = () => new Date();
  const db = databaseFor(member, { actor, now, reactions: {} });
  return {
    db,
    actor,
    now,
    technical: technicalClock,
    providers: noProviders,
    log: pino({ level: "silent" }),
    requestId: "test",
    session,
    browser,
  };
}

type Verdict = "let in" | "sign in first" | "forbidden";

function expectedOf(access: ProcedureAccess, visitor: Visitor): Verdict {
  if (access === "public") return "let in";
  if (visitor === "anonymous") return "sign in first";
  if (access === "customer") return "let in";
  if (access === "verified") return visitor === "unverified" ? "forbidden" : "let in";
  const roles: readonly string[] = access === "staff" ? STAFF_ROLES : access;
  return roles.includes(visitor) ? "let in" : "forbidden";
}

const words = (access: Access): ProcedureAccess =>
  typeof access === "string" ? access : access.staff.length === STAFF_ROLES.length ? "staff" : access.staff;

describe("R27: procedures", () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<
      string,
      { _def: { type: string; meta?: { access: Access; scope?: KeyScope } } }
    >,
  );

  test("each has an entry in the table, and each entry a procedure", () => {
    expect(procedures.map(([path]) => path).toSorted()).toEqual(Object.keys(PROCEDURES).toSorted());
  });

  test("each declares what the table says", () => {
    const declared = Object.fromEntries(
      procedures.map(([path, procedure]) => [path, procedure._def.meta && words(procedure._def.meta.access)]),
    );
    expect(declared).toEqual(PROCEDURES);
  });

  describe.each(VISITORS)("as %s", (visitor) => {
    test.each(Object.entries(PROCEDURES))("%s (%s)", async (path, access) => {
      expect(await call(visitor, path)).toBe(expectedOf(access, visitor));
    });
  });

  describe("as a program with an API key", () => {
    test("each declares the scope that the table says, and no other is open to keys", () => {
      const declared = procedures.flatMap(([path, { _def }]) => (_def.meta?.scope ? [[path, _def.meta.scope]] : []));
      expect(Object.fromEntries(declared)).toEqual(SCOPES);
    });

    test.each(Object.keys(PROCEDURES))("%s opens to the one scope it names, and to nothing less", async (path) => {
      const scope = SCOPES[path];
      const others = KEY_SCOPES.filter((one) => one !== scope);
      expect(await call("customer", path, others)).toBe("forbidden");
      expect(await call("customer", path, KEY_SCOPES)).toBe(scope ? "let in" : "forbidden");
    });
  });

  /** Calls as HTTP would, with input that fits nothing: who may not is told so before it is looked at. */
  async function call(visitor: Visitor, path: string, scopes: readonly KeyScope[] | null = null): Promise<Verdict> {
    let at: unknown = createCaller(contextOf(visitor, scopes));
    for (const name of path.split(".")) at = (at as Record<string, unknown>)[name];
    try {
      await (at as (input: unknown) => Promise<unknown>)({ limit: "not a number" });
    } catch (error) {
      if (error instanceof TRPCError && error.code === "UNAUTHORIZED" && !/password/.test(error.message))
        return "sign in first";
      if (error instanceof TRPCError && error.code === "FORBIDDEN") return "forbidden";
    }
    return "let in";
  }

  /** Every procedure that refuses this caller with this code. */
  async function refusing(code: string, session: Session | null, paths = Object.keys(PROCEDURES)): Promise<string[]> {
    const refused: string[] = [];
    for (const path of paths) {
      const ctx = contextOf("owner");
      const providers = {
        ...ctx.providers,
        callLimits: { consume: async () => {}, consumeKey: async () => {}, secondsToWait: async () => null },
      };
      let at: unknown = createCaller({ ...ctx, providers, session });
      for (const name of path.split(".")) at = (at as Record<string, unknown>)[name];
      const refusal = await (at as (input: unknown) => Promise<unknown>)({ limit: "not a number" }).catch(
        (error: unknown) => (error instanceof TRPCError ? error.cause : null),
      );
      if (refusal instanceof DomainError && refusal.code === code) refused.push(path);
    }
    return refused.toSorted();
  }

  test("what the table says asks again who one is, ten minutes after the last proof, and nothing else does", async () => {
    const since = new Date(Date.now() - 10 * 60_000 - 1_000);
    const session = sessionOf("owner");
    expect(await refusing("identity.confirm_first", session && { ...session, authenticatedAt: since })).toEqual(
      FRESH.toSorted(),
    );
  });

  test("staff who look as a customer can change nothing by any, but end that and sign out", async () => {
    const customer = sessionOf("customer");
    const until = new Date(Date.now() + 60_000);
    const looking = customer && {
      ...customer,
      impersonation: {
        id: "imp_1",
        staffUserId: "usr_owner",
        staffRole: "owner" as const,
        staffCustomerId: null,
        until,
      },
    };
    const open = new Set(["identity.impersonation.end", "identity.signOut"]);
    const changing = procedures.flatMap(([path, { _def }]) => {
      // What only staff may call is refused before: who looks is a customer.
      const forThem = isForCustomers(PROCEDURES[path]);
      return _def.type === "mutation" && forThem && !open.has(path) ? [path] : [];
    });
    expect(changing.length).toBeGreaterThan(60);
    expect(await refusing("identity.read_only", looking, changing)).toEqual(changing.toSorted());
    const staffs = procedures
      .flatMap(([path, { _def }]) => (_def.type === "mutation" ? [path] : []))
      .filter((path) => !changing.includes(path) && !open.has(path));
    expect(await refusing("identity.role_missing", looking, staffs)).toEqual(staffs.toSorted());
  });

  test("staff without the second factor that a live shop asks for may call nothing of staff's", async () => {
    const owner = sessionOf("owner");
    const staffs = Object.keys(PROCEDURES).filter((path) => !isForCustomers(PROCEDURES[path]));
    expect(staffs.length).toBeGreaterThan(100);
    const refused = await refusing("identity.second_factor_required", owner && { ...owner, ...LOCKED }, staffs);
    expect(refused).toEqual(staffs.toSorted());
  });

  test("a customer whose address is not proven is told so where it matters", () => {
    expect(() => authorize("verified", contextOf("unverified"))).toThrow(/[Vv]erify/);
    expect(() => authorize("verified", contextOf("anonymous"))).toThrow(/Sign in/);
    expect(() => authorize("verified", contextOf("customer"))).not.toThrow();
  });
});

describe("R27: pages", () => {
  const folder = join(import.meta.dirname, "../../app/routes");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\./.test(file),
  );
  // As the pages are built, in one piece: hundreds of modules of JSX one by one took longer than all that is asked of them.
  const built = projectFile("build/server/index.js").href;
  let modules: ServerBuild["routes"] = {};
  beforeAll(async () => {
    await ensureBuild();
    modules = ((await import(built)) as ServerBuild).routes;
  });
  const load = (file: string): Record<string, unknown> => ({
    ...modules[`routes/${file.replace(/\.tsx?$/, "")}`]?.module,
  });

  test("each has an entry in the table, and each entry a page", () => {
    expect(files.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  test.each(Object.entries(ROUTES))("%s has the doors the table says", (file, doors) => {
    const module = load(file);
    expect({ loader: typeof module.loader, action: typeof module.action }).toEqual({
      loader: doors.loader ? "function" : "undefined",
      action: doors.action ? "function" : "undefined",
    });
  });

  const doors = Object.entries(ROUTES).flatMap(([file, { loader, action }]) =>
    [["loader", loader] as const, ["action", action] as const].flatMap(([door, access]) =>
      access === null || access === "public" ? [] : [[file, door, access] as const],
    ),
  );

  describe.each(VISITORS)("as %s", (visitor) => {
    test.each(doors)("%s %s (%s)", async (file, door, access) => {
      expect(await knock(visitor, file, door)).toBe(pageVerdict(access, visitor));
    });
  });

  test("staff without the second factor that a live shop asks for are led to where it is set up, from every door of staff's", async () => {
    const staffs = doors.filter(([, , access]) => !isForCustomers(access));
    expect(staffs.length).toBeGreaterThan(80);
    const open: string[] = [];
    for (const [file, door] of staffs) {
      const answer = await answerOf(file, door, loadContextOf("owner", LOCKED));
      const to = answer instanceof Response ? answer.headers.get("Location") : null;
      if (to !== "/account/security") open.push(`${file} ${door}`);
    }
    expect(open).toEqual([]);
  });

  function pageVerdict(access: PageAccess, visitor: Visitor): Verdict {
    if (visitor === "anonymous") return "sign in first";
    if (access === "public" || access === "signed_in") return "let in";
    const roles: readonly string[] = access === "staff" ? STAFF_ROLES : access;
    return roles.includes(visitor) ? "let in" : "forbidden";
  }

  /** Each door by itself: a browser may ask for one loader of a page without those around it. */
  async function knock(visitor: Visitor, file: string, door: "loader" | "action"): Promise<Verdict> {
    const answer = await answerOf(file, door, loadContextOf(visitor));
    if (answer instanceof Response && answer.headers.get("Location")?.startsWith("/login")) return "sign in first";
    const status =
      answer instanceof Response ? answer.status : (answer as { init?: { status?: number } } | null)?.init?.status;
    if (status === 401) return "sign in first";
    return status === 403 ? "forbidden" : "let in";
  }

  async function answerOf(file: string, door: "loader" | "action", context: LoadContext): Promise<unknown> {
    const work = load(file)[door] as (args: unknown) => Promise<unknown>;
    const request = new Request(
      "http://localhost:3000/some/page",
      door === "action" ? { method: "POST", body: new URLSearchParams({ id: "none", intent: "none" }) } : {},
    );
    try {
      return await work({ request, params: { id: "none" }, context });
    } catch (thrown) {
      return thrown;
    }
  }

  function loadContextOf(visitor: Visitor, more: Partial<Session> = {}): LoadContext {
    const { session, ...rest } = contextOf(visitor);
    const ctx = { ...rest, session: session && { ...session, ...more } };
    return {
      caller: createCaller(ctx),
      viewer: viewerOf(ctx.session),
      standing: async () => ({ viewer: { kind: "anonymous", role: null, seenByStaff: null }, cartCount: 0 }),
      locale: "sv",
      theme: "system",
      nonce: "nonce",
      requestId: "test",
      profile: "sandbox",
      businessNow: new Date(),
      sandboxUrl: null,
      baseUrl: "http://localhost:3000",
      webhooks: { receive: async () => ({ status: 400, body: "", headers: {} }) },
      company: testCompany,
      comeBack: null,
      installation: { product: "0", node: "0", knownMigrations: 0 },
      ownTexts: {},
      cookieValue: () => undefined,
      setCookie: () => {},
      wholePage: (text, init) => new Response(text, init),
      reportError: () => {},
    };
  }

  function viewerOf(session: Session | null): LoadContext["viewer"] {
    if (!session) return { kind: "anonymous" };
    const { userId, email, name, emailVerified, staffRole: role } = session;
    const customerId = session.customerId ?? "";
    const secondStep = session.staffLocked ? "required" : "on";
    return role
      ? { kind: "staff", userId, customerId, role, secondStep, email, name, emailVerified }
      : { kind: "customer", userId, customerId, email, name, emailVerified, seenByStaffUntil: null };
  }
});

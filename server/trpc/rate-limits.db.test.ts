import { TRPCError } from "@trpc/server";
import pino from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { createCallLimits } from "../identity/index.ts";
import { technicalClock } from "../kernel/clock.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import type { Providers } from "../ports.ts";
import { PROCEDURES } from "./authorization-table.ts";
import type { RequestCtx } from "./context.ts";
import { createCaller } from "./router.ts";

const { urls } = await testDatabase();
const member = connect(urls.member, { name: "test-member", max: 2 });
afterAll(() => member.close());

const publicOnes = Object.entries(PROCEDURES).flatMap(([path, access]) => (access === "public" ? [path] : []));

/** A visitor of a process in which only few requests are let through. */
function visitor(ip: string, callLimits: Providers["callLimits"]) {
  const told: number[] = [];
  const actor = { kind: "anonymous", tokens: [] } as const;
  const now = () => new Date();
  const ctx = {
    db: databaseFor(member, { actor, now, reactions: {} }),
    actor,
    now,
    technical: technicalClock,
    providers: { callLimits, countError: () => {} } as unknown as Providers,
    log: pino({ level: "silent" }),
    requestId: "test",
    session: null,
    browser: { ip, userAgent: null, locale: "sv", retryAfter: (seconds: number) => told.push(seconds) },
  } as unknown as RequestCtx;
  return { told, caller: createCaller(ctx) };
}

/** What a call with input that fits nothing is answered. */
async function call(caller: ReturnType<typeof createCaller>, path: string): Promise<string> {
  const procedure = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
  try {
    await (procedure as (input: unknown) => Promise<unknown>)({ nothing: "fits" });
    return "answered";
  } catch (error) {
    return error instanceof TRPCError ? error.code : "failed";
  }
}

describe("R31: every procedure that anybody may call", () => {
  test("there are some", () => expect(publicOnes.length).toBeGreaterThan(20));

  test.each(publicOnes)("%s refuses an address that comes too often, and says when to come again", async (path) => {
    const callLimits = createCallLimits({ scale: 0.0001 });
    const busy = visitor("198.51.100.1", callLimits);
    expect(await call(busy.caller, path)).not.toBe("TOO_MANY_REQUESTS");
    expect(await call(busy.caller, path)).toBe("TOO_MANY_REQUESTS");
    expect(busy.told[0]).toBeGreaterThan(0);
    expect(busy.told[0]).toBeLessThanOrEqual(60);
    expect(await call(visitor("198.51.100.2", callLimits).caller, path)).not.toBe("TOO_MANY_REQUESTS");
  });
});

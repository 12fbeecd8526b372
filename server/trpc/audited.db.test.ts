import pino from "pino";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../scripts/test/database.ts";
import { accountActor, createCallLimits } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import { technicalClock } from "../kernel/clock.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import type { Providers } from "../ports.ts";
import type { Browser, RequestCtx, Session } from "./context.ts";
import { access, createCallerFactory, router, STAFF } from "./init.ts";

const { urls } = await testDatabase();
const member = connect(urls.member, { name: "test-member", max: 2 });
const service = connect(urls.service, { name: "test", max: 1 });
afterAll(() => Promise.all([member.close(), service.close()]));

const about = z.object({ id: z.string(), reason: z.string().optional() });
/** What procedures are made of, and nothing else makes one. */
const acts = router({
  silent: access(STAFF)
    .input(about)
    .mutation(() => ({ done: true })),
  made: access(STAFF).mutation(() => ({ id: "new_1" })),
  tells: access(STAFF)
    .input(about)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => recordAct(tx, { action: "queue.retry", subject: input.id, reason: "by itself" })),
    ),
  fails: access(STAFF)
    .input(about)
    .mutation(() => {
      throw new Error("it did not happen");
    }),
  looks: access(STAFF).query(() => 1),
  own: access("customer")
    .input(about)
    .mutation(() => ({ done: true })),
});

function callerOf(staffRole: Session["staffRole"]) {
  const session: Session = {
    ...{ id: "ses_1", userId: "usr_1", customerId: "cus_1", email: "a@example.com", name: null, locale: "sv" },
    ...{ emailVerified: true, staffRole, authenticatedAt: new Date(), secondFactor: true, staffLocked: false },
    impersonation: null,
  };
  const actor = accountActor(session);
  const now = () => new Date();
  const ctx: RequestCtx = {
    ...{ actor, now, session, requestId: "test", technical: technicalClock, log: pino({ level: "silent" }) },
    db: databaseFor(member, { actor, now, reactions: {} }),
    providers: { callLimits: createCallLimits({ scale: 1 }), countError: () => {} } as unknown as Providers,
    browser: { ip: "198.51.100.1" } as Browser,
  };
  return createCallerFactory(acts)(ctx);
}

const written = async () =>
  (await service.sql`select actor, action, subject, reason from audit_entries order by at, id`).map((row) => ({
    ...row,
  }));

test("every change by staff is in the audit log, once, by its own words or by the name it is called by", async () => {
  const staff = callerOf("support");
  await staff.silent({ id: "thing_1", reason: "asked for" });
  await staff.made();
  await staff.tells({ id: "job_1", reason: "not this" });
  await staff.looks();
  await expect(staff.fails({ id: "thing_2" })).rejects.toThrow();
  await callerOf(null).own({ id: "thing_3" });
  const actor = "staff:usr_1";
  expect(await written()).toEqual([
    { actor, action: "silent", subject: "thing_1", reason: "asked for" },
    { actor, action: "made", subject: "new_1", reason: null },
    { actor, action: "queue.retry", subject: "job_1", reason: "by itself" },
  ]);
});

import { afterAll } from "vitest";
import {
  type CreditDesk,
  createCreditDesk,
  grantCredits,
  type NewGrant,
  readBalance,
} from "../../server/credits/index.ts";
import type { Actor } from "../../server/kernel/actor.ts";
import { technicalClock } from "../../server/kernel/clock.ts";
import type { Ctx } from "../../server/kernel/ctx.ts";
import { connect, databaseFor } from "../../server/kernel/db.ts";
import { createLog } from "../../server/kernel/log.ts";
import { testDatabase } from "./database.ts";

/** Customers with credits, at an instant that the test sets; spending goes through web's role as in production. */
export async function testCreditShop() {
  const { urls } = await testDatabase();
  const service = connect(urls.service, { name: "test-service", max: 16 });
  const member = connect(urls.member, { name: "test-member", max: 8 });
  const line = connect(urls.member, { name: "test-line", max: 1 });
  const owner = connect(urls.owner, { name: "test-owner", max: 1 });
  afterAll(() => Promise.all([service.close(), member.close(), line.close(), owner.close()]));
  const creditDesk = createCreditDesk(member.sql, line.sql);
  let at = new Date("2026-11-20T12:00:00Z");
  const system: Actor = { kind: "system", name: "test" };
  const ctx: Ctx<{ creditDesk: CreditDesk }> = {
    ...{ actor: system, now: () => new Date(at), technical: technicalClock, providers: { creditDesk } },
    ...{ db: databaseFor(service, { actor: system, now: () => new Date(at), reactions: {} }), requestId: "test" },
    log: createLog({ process: "worker", level: "silent" }),
  };
  let customers = 0;
  let grants = 0;
  let keys = 0;
  const customer = async () => {
    const id = `cus_${++customers}`;
    const email = `${id}@example.se`;
    const [user, since] = [`usr_${id}`, at.toISOString()];
    await service.sql`insert into users (id, email, email_normalized, password_hash, locale, created_at)
      values (${user}, ${email}, ${email}, 'x', 'sv', ${since})`;
    await service.sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values (${id}, ${user}, ${email}, ${email}, 'sv', ${since})`;
    return id;
  };
  const key = async (customerId: string, budget?: { credits: number; period: string }) => {
    const id = `key_${++keys}`;
    const user = `usr_${id}`;
    await service.sql`insert into users (id, email, email_normalized, password_hash, locale, created_at) values (${user}, ${user}, ${user}, 'x', 'sv', now())`;
    await service.sql`insert into api_keys (id, user_id, customer_id, name, prefix, token_hash, scopes, rate_limit, budget_credits, budget_period, created_at)
      values (${id}, ${user}, ${customerId}, 'test', 'kv_', ${id}, '[]', 100, ${budget?.credits ?? null}, ${budget?.period ?? null}, now())`;
    return id;
  };
  const grant = (customerId: string, credits: number, more: Partial<NewGrant> = {}) => {
    const key = `test:${++grants}`;
    const usual = { source: "manual", sourceId: key, costBasis: "paid", expiresAt: null, priority: 0 } as const;
    return ctx.db.transaction((tx) =>
      grantCredits(tx, { customerId, credits, key, ...usual, apiKeyId: null, feature: null, ...more }),
    );
  };
  return {
    ...{ ctx, service, member, owner, sql: service.sql, customer, key, grant },
    balance: (customerId: string, apiKeyId?: string) =>
      ctx.db.transaction((tx) => readBalance(tx, { customerId, apiKeyId })),
    /** A request to spend with a key of its own. */
    spending: (customerId: string, credits: number, more: object = {}) => ({
      ...{ customerId, apiKeyId: null, credits, reason: "test", idempotencyKey: `key-${++keys}`, ...more },
    }),
    setNow(instant: string | Date) {
      at = new Date(instant);
    },
  };
}

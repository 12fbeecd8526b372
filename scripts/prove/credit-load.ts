import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { hashToken, newId } from "../../server/kernel/id.ts";
import type { Random } from "./random.ts";
import type { Addresses } from "./shop.ts";

/** A customer with credits, and the key of a program that uses them. */
export type Spender = {
  readonly customerId: string;
  readonly key: string;
  readonly granted: number;
  /** What the shop has said yes to. */
  used: number;
};

type Asked = { readonly path: string; readonly input: object };
type Said = {
  readonly status: number;
  readonly data: { operationId?: string; reservationId?: string; newTotal?: number };
};

/** What was asked and answered, to be asked again when all is over. */
export type Receipt = { readonly spender: Spender; readonly asked: Asked; readonly said: Said };

/** So many customers, each with a grant and a key, written as the shop itself writes them. */
export async function makeSpenders(sql: postgres.Sql, count: number, granted: number): Promise<Spender[]> {
  const spenders: Spender[] = [];
  for (let n = 1; n <= count; n++) {
    const [customerId, userId, key] = [
      `cus_storm_${n}`,
      `usr_storm_${n}`,
      `kv_test_${randomBytes(32).toString("base64url")}`,
    ];
    const email = `credits-${n}@example.test`;
    await sql`insert into users (id, email, email_normalized, password_hash, locale, created_at, email_verified_at)
      values (${userId}, ${email}, ${email}, '-', 'sv', now(), now())`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values (${customerId}, ${userId}, ${email}, ${email}, 'sv', now())`;
    await sql`insert into api_keys (id, user_id, customer_id, name, prefix, token_hash, scopes, rate_limit, created_at)
      values (${newId("key")}, ${userId}, ${customerId}, 'storm', 'kv_test_', ${hashToken(key)}, '["credits.spend","credits.read"]', 100000, now())`;
    spenders.push({ customerId, key, granted, used: 0 });
  }
  return spenders;
}

const ANSWERS_WITHIN_MS = 120_000;

/** Asks until the shop answers: a program whose shop dies sends the same again. Answers what it said, and how often it was asked. */
export async function ask(shop: Addresses, { key }: Spender, asked: Asked): Promise<{ said: Said; tries: number }> {
  const until = performance.now() + ANSWERS_WITHIN_MS;
  for (let tries = 1; ; tries++) {
    if (performance.now() > until) throw new Error("the shop has not answered for two minutes");
    const said = await once(shop, key, asked).catch(() => null);
    if (said && said.status < 500 && said.status !== 408 && said.status !== 429) return { said, tries };
    await sleep(100);
  }
}

async function once(shop: Addresses, key: string, { path, input }: Asked): Promise<Said> {
  const response = await fetch(`${shop.shop}/api/trpc/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ json: input }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await response.json()) as { result?: { data: { json: Said["data"] } } };
  return { status: response.status, data: body.result?.data.json ?? {} };
}

/** One program: uses credits, or sets them aside and then uses fewer, or lets them go, until it is told to stop. */
export async function spendUntil(
  shop: Addresses,
  spenders: readonly Spender[],
  random: Random,
  run: { readonly over: () => boolean; readonly receipts: Receipt[]; readonly wrong: string[]; tries: number },
): Promise<void> {
  const say = async (spender: Spender, asked: Asked) => {
    const { said, tries } = await ask(shop, spender, asked);
    run.tries += tries;
    run.receipts.push({ spender, asked, said });
    if (said.status !== 200) run.wrong.push(`${asked.path} was answered ${said.status}`);
    return said.data;
  };
  while (!run.over()) {
    const spender = spenders[random.below(spenders.length)] as Spender;
    const credits = 1 + random.below(5);
    const wish = { credits, reason: "storm", idempotencyKey: newId("storm") };
    if (random.below(3) > 0) {
      await say(spender, { path: "credits.consume", input: wish });
      spender.used += credits;
      continue;
    }
    const { reservationId } = await say(spender, { path: "credits.reserve", input: wish });
    const used = random.below(credits + 1);
    if (random.below(2) === 0) await say(spender, { path: "credits.release", input: { reservationId } });
    else {
      await say(spender, { path: "credits.confirm", input: { reservationId, credits: used } });
      spender.used += used;
    }
  }
}

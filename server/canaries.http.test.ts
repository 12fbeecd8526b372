import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeAt } from "../scripts/test/authenticator.ts";
import { CARDS, testCheckoutShop, until } from "../scripts/test/checkout-shop.ts";
import { ensureBuild, productEnv, startProduct } from "../scripts/test/product.ts";

const root = join(import.meta.dirname, "..");
await ensureBuild();
const shop = await testCheckoutShop();
const { sql, sandbox } = shop;
const SESSION_SECRET = "kanarie-session-".padEnd(40, "7");
const SOURCE_API_KEY = "kanarie-partnerns-nyckel";
const env = productEnv(shop.urls, {
  ...shop.settings,
  SESSION_SECRET,
  SOURCE_API_KEY,
  LOG_LEVEL: "trace",
  DEBUG: "*,stripe:*,billing:*,database",
});
const [web, worker] = [await startProduct("web", env), await startProduct("worker", env)];
afterAll(() => Promise.all([web.end("SIGTERM"), worker.end("SIGTERM")]));

const EMAIL = "kanariefagel@example.com";
const NAME = "Kanarie Fågelsson";
const PASSWORD = "kanariefågeln sjunger 4711";
/** What must be nowhere but with whom it belongs to; more is added as it is made. */
const secrets = new Map<string, string>([
  ["the password", PASSWORD],
  ["a wrong password", "kanariens gissning 0815"],
  ["a wrong key", "kanarie-fel-nyckel-000"],
  ["the card", CARDS.good.replaceAll(" ", "")],
  ["the card, as typed", CARDS.good],
  ["SESSION_SECRET", SESSION_SECRET],
  ["SOURCE_API_KEY", SOURCE_API_KEY],
  ["STRIPE_WEBHOOK_SECRET", String(env.STRIPE_WEBHOOK_SECRET)],
]);
const pages: string[] = [];

const cookies = new Map<string, string>();
const jar = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
async function call(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const headers = { origin: web.url, cookie: jar(), ...init.headers };
  const response = await fetch(`${web.url}${path}`, { redirect: "manual", ...init, headers });
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
    if (/sid|half|cart|device/.test(name) && value.length > 20)
      secrets.set(`the cookie ${name} ${value.slice(0, 4)}`, value);
  }
  return response;
}
async function mutate<T = unknown>(procedure: string, input: unknown): Promise<T> {
  const body = JSON.stringify(superjson.serialize(input));
  const response = await call(`/api/trpc/${procedure}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  const answer = (await response.json()) as { result?: { data: never } };
  return answer.result ? superjson.deserialize<T>(answer.result.data) : (undefined as T);
}
const look = async (path: string) => void pages.push(await (await call(path)).text());
async function mailed(path: string): Promise<string> {
  let token = "";
  await until(async () => {
    const { mail } = (await sandbox.control(`mail?to=${encodeURIComponent(EMAIL)}`)) as { mail: { links: string[] }[] };
    const link = mail.flatMap(({ links }) => links).find((one) => one.includes(path));
    token = link ? (new URL(link).searchParams.get("token") ?? new URL(link).searchParams.get("ref") ?? "") : "";
    return token !== "";
  });
  return token;
}

beforeAll(async () => {
  await mutate("identity.signUp", { email: EMAIL, password: PASSWORD, name: NAME });
  const token = await mailed("/verify");
  secrets.set("the mailed link", token);
  await mutate("identity.verifyEmail", { token, password: PASSWORD });
  await mutate("identity.factors.totp.begin", undefined);
  const prepared = await call("/api/trpc/identity.factors.totp.prepared");
  const { result } = (await prepared.json()) as { result: { data: never } };
  const { letters } = superjson.deserialize<{ letters: string }>(result.data);
  secrets.set("the app's key", letters.replaceAll(" ", ""));
  const shown = await mutate<{ recoveryCodes: string[] }>("identity.factors.totp.confirm", {
    code: codeAt(letters, new Date()),
  });
  for (const code of shown.recoveryCodes) secrets.set(`the recovery code ${code.slice(0, 2)}`, code);
  await mutate("identity.signIn", { email: EMAIL, password: "kanariens gissning 0815" });
  await mutate("identity.requestPasswordReset", { email: EMAIL });
  secrets.set("the link for a new password", await mailed("/reset"));
  await call("/api/campaigns/webhook", {
    method: "POST",
    body: JSON.stringify({ action: "ping" }),
    headers: { authorization: "Bearer kanarie-fel-nyckel-000", "content-type": "application/json" },
  });
  const forged = {
    method: "POST",
    body: JSON.stringify({ number: CARDS.good }),
    headers: { "stripe-signature": "t=1,v1=00" },
  };
  await call("/api/webhooks/stripe", forged);
  await call(`/login?next=/x%0d%0a{"level":"fatal","msg":"injected"}&password=${encodeURIComponent(PASSWORD)}`);
  const key = await mutate<{ secret: string }>("apiKeys.make", {
    ...{ name: "Kanarie", scopes: ["account.read"], budgetPeriod: "month" },
  });
  secrets.set("the API key", key.secret);
  await call("/api/trpc/orders.mine.list", { headers: { authorization: `Bearer ${key.secret}`, cookie: "" } });
  const bought = await mutate<{ url: string; ref: string }>("checkout.start", { source: { productId: "towel" } });
  secrets.set("the order's token", bought.ref);
  await shop.pay(bought.url, { email: EMAIL });
  for (const event of (await shop.stripe.events.list({ limit: 100 })).data.toReversed()) await shop.receive(event);
  await until(async () => {
    const mails = await sql`select 1 from emails where template = 'order-confirmation' and status = 'sent'`;
    return mails.length === 1;
  });
  for (const path of ["/", "/account", "/account/security", "/account/orders", "/cart"]) await look(path);
  await mutate("identity.signOut", undefined);
});

/** Every column of every table, the queue's among them, that holds one of the texts anywhere. */
async function columnsWith(...texts: readonly string[]): Promise<string[]> {
  const columns = await sql<{ place: string; relation: string; name: string }[]>`
    select c.table_name || '.' || c.column_name as place, format('%I.%I', c.table_schema, c.table_name) as relation, c.column_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema in ('public', 'graphile_worker')
      and c.data_type in ('text', 'json', 'jsonb', 'character varying', 'ARRAY')`;
  const found: string[] = [];
  for (const { place, relation, name } of columns) {
    const hits =
      await sql`select 1 from ${sql.unsafe(relation)} r join unnest(${texts}::text[]) t (said) on position(t.said in r.${sql(name)}::text) > 0 limit 1`;
    if (hits.length > 0) found.push(place);
  }
  return found.toSorted();
}
const lines = () => [...web.log, ...worker.log].map((line) => JSON.stringify(line));

describe("R32: canaries, in a run with everything logged", () => {
  test("something was logged, and bought", () => {
    expect(lines().length).toBeGreaterThan(50);
    expect(pages.join("")).toContain(EMAIL);
    expect(secrets.size).toBeGreaterThan(20);
  });

  test("no secret is in a log, a page or a column", async () => {
    const logged = lines().join("\n");
    for (const [what, secret] of secrets) {
      expect(logged.includes(secret), `${what} in the log`).toBe(false);
      expect(
        pages.some((page) => page.includes(secret)),
        `${what} on a page`,
      ).toBe(false);
    }
    // All at once: the one that is somewhere is looked for alone only then.
    if ((await columnsWith(...secrets.values())).length === 0) return;
    for (const [what, secret] of secrets) expect(await columnsWith(secret), `${what} in the database`).toEqual([]);
  });

  test("no secret of ours is with the payment provider, and none but its own link in a letter", async () => {
    const provider = JSON.stringify([await sandbox.control("export"), await sandbox.control("requests")]);
    const { mail } = (await sandbox.control("mail?limit=500")) as { mail: object[] };
    const letters = JSON.stringify(mail.map((letter) => ({ ...letter, links: [], html: "", text: "" })));
    const bodies = JSON.stringify(mail);
    expect(provider).toContain(EMAIL);
    expect(mail.length).toBeGreaterThan(2);
    for (const [what, secret] of secrets) {
      // The mailbox is in that state too, and where the buyer comes back to is an address with the order's token.
      if (!/link|order's token/.test(what)) expect(provider.includes(secret), `${what} at the provider`).toBe(false);
      expect(letters.includes(secret), `${what} in a letter's head`).toBe(false);
      if (!/link|order's token/.test(what)) expect(bodies.includes(secret), `${what} in a letter`).toBe(false);
    }
  });

  test("the address and the name of a person are in no log, and in the columns that are meant for them", async () => {
    const logged = lines().join("\n");
    for (const personal of [EMAIL, NAME, "Kim Karlsson", "Storgatan 1"]) expect(logged).not.toContain(personal);
    expect(await columnsWith(EMAIL)).toEqual(ADDRESSES);
  });

  test("what comes from outside does not begin a line of its own", () => {
    expect([...web.log, ...worker.log].filter((line) => line.msg === "injected")).toEqual([]);
  });

  test("the browser's files hold no setting of the server and none of its code", () => {
    const files = globSync("build/client/**/*.{js,css,map}", { cwd: root });
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = readFileSync(join(root, file), "utf8");
      expect(text, file).not.toMatch(/process\.env\.[A-Z]|graphile_worker|node-rs\/argon2|node:(crypto|fs|net)/);
    }
  });
});

const ADDRESSES: readonly string[] = [
  "account_tokens.email_normalized",
  "checkouts.email",
  "customers.email",
  "customers.email_normalized",
  "emails.to_address",
  "orders.email",
  "users.email",
  "users.email_normalized",
  "webhook_events.payload",
];

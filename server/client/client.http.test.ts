import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { grantCredits } from "../credits/index.ts";
import { createApp } from "../http/app.ts";
import { type ClientOptions, createClient, fileSpool, refusalOf } from "./index.ts";

const shop = await testCheckoutShop();
const app = createApp({
  runtime: shop.runtime,
  remix: async () => new Response("no page", { status: 404 }),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [],
  migrations: 0,
  development: false,
  draining: () => false,
});
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const folder = await mkdtemp(join(tmpdir(), "spool-"));
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

let people = 0;
/** Somebody with credits and a key that may read and spend them. */
async function spender(credits: number, budget: { budgetCredits?: number; budgetPeriod?: "day" } = {}) {
  const owner = await shop.member(`klient${++people}@example.se`);
  const session = { ...owner, authenticatedAt: new Date() };
  const browser = shop.browser({ session });
  const { secret } = await browser.caller.apiKeys.make({
    name: "Program",
    scopes: ["credits.read", "credits.spend", "credits.buy"],
    ...{ budgetPeriod: "month", ...budget },
  });
  const grant = {
    source: "manual",
    sourceId: "test",
    key: `test:${people}`,
    costBasis: "free",
    expiresAt: null,
  } as const;
  const rest = { customerId: owner.customerId ?? "", credits, priority: 0, apiKeyId: null, feature: null };
  await shop.worker().db.transaction((tx) => grantCredits(tx, { ...grant, ...rest }));
  const client = (more: Partial<ClientOptions> = {}) => createClient({ url, apiKey: secret, ...more });
  const standing = () => browser.caller.credits.balance({});
  const keys = () => browser.caller.apiKeys.mine();
  return { client, secret, standing, keys, balance: async () => (await standing()).available };
}

/** What the network did: each request that left, and the faults it met. */
function network() {
  const state = { requests: 0, loseAnswers: 0, down: false };
  const send = (async (input: RequestInfo | URL, init?: RequestInit) => {
    state.requests++;
    if (state.down) throw new TypeError("fetch failed");
    const answer = await fetch(input, init);
    if (state.loseAnswers-- > 0) throw new TypeError("fetch failed");
    return answer;
  }) as typeof fetch;
  return { state, fetch: send };
}

describe("the client", () => {
  it("reads what the credits went to, a page at a time and nobody else's", async () => {
    const [mine, other] = [await spender(100), await spender(100)];
    const { spend, api } = mine.client();
    await spend({ credits: 10, reason: "report", reference: "report-1" });
    await other.client().spend({ credits: 3, reason: "picture" });
    await spend({ credits: 20, reason: "report", reference: "report-2" });
    const first = await api.credits.history.query({ limit: 2 });
    expect(first.items).toMatchObject([
      { kind: "consume", reason: "report", reference: "report-2", keyName: "Program", change: -20, balanceAfter: 70 },
      { kind: "consume", reason: "report", reference: "report-1", keyName: "Program", change: -10, balanceAfter: 90 },
    ]);
    const rest = await api.credits.history.query({ limit: 2, cursor: first.nextCursor ?? "" });
    expect(rest).toMatchObject({ items: [{ kind: "grant", change: 100, keyName: null }], nextCursor: null });
  });

  it("sends calls of the same moment in one request, and takes their answers one by one where asked to", async () => {
    const { client, balance } = await spender(100);
    for (const stream of [false, true]) {
      const net = network();
      const { spend } = client({ fetch: net.fetch, stream });
      const before = await balance();
      // What reads travels in one request, what changes in another.
      await Promise.all([1, 2, 3].map((credits) => spend({ credits, reason: "batch" })));
      expect(net.state.requests).toBe(1);
      expect(await balance()).toBe(before - 6);
    }
  });

  it("spends once when the answer is lost on the way", async () => {
    const { client, balance } = await spender(100);
    const net = network();
    net.state.loseAnswers = 2;
    const spent = await client({ fetch: net.fetch }).spend({ credits: 30, reason: "once" });
    expect(spent).toMatchObject({ outcome: "spent", newTotal: 70, replayed: true });
    expect(net.state.requests).toBe(3);
    expect(await balance()).toBe(70);
  });

  it("sends nothing again that would happen twice", async () => {
    const { client } = await spender(1);
    const net = network();
    net.state.down = true;
    await expect(client({ fetch: net.fetch }).api.checkout.buyCredits.mutate({ quantity: 1 })).rejects.toThrow();
    expect(net.state.requests).toBe(1);
  });

  it("spends to zero and is then refused clearly, also where it fails open", async () => {
    const { client, balance } = await spender(25);
    const shopClient = client({ spool: fileSpool(join(folder, "refused")) });
    await shopClient.spend({ credits: 10, reason: "a" });
    await shopClient.spend({ credits: 10, reason: "b" });
    const refused = await shopClient
      .spend({ credits: 10, reason: "c", failMode: "open" })
      .catch((error: unknown) => error);
    expect(refusalOf(refused)).toEqual({
      code: "credits.insufficient",
      message: "There are not enough credits for this. Buy more, or use fewer.",
      details: { available: 5 },
      temporary: false,
    });
    expect(await balance()).toBe(5);
  });

  it("knows what is left of its key's budget and until when, and so does the key's owner", async () => {
    const { client, standing, keys } = await spender(100, { budgetCredits: 10, budgetPeriod: "day" });
    const { spend, api } = client();
    await spend({ credits: 8, reason: "a" });
    const { available, budget } = await api.credits.balance.query({});
    expect([available, budget]).toEqual([92, { credits: 10, period: "day", left: 2, renewsAt: expect.any(Date) }]);
    const hours = (Number(budget?.renewsAt) - Date.now()) / 3_600_000;
    expect(hours > 0 && hours <= 25).toBe(true);
    const refused = refusalOf(await spend({ credits: 3, reason: "b", failMode: "open" }).catch((error) => error));
    const renewsAt = budget?.renewsAt?.toISOString();
    expect(refused).toMatchObject({ code: "credits.over_budget", details: { left: 2, renewsAt, available: 92 } });
    expect(await keys()).toMatchObject([{ budgetCredits: 10, budgetLeft: 2, budgetRenewsAt: budget?.renewsAt }]);
    expect((await standing()).budget).toBeNull();
  });

  it("is told in words, and by field, what was wrong with what it sent", async () => {
    const refused = refusalOf(
      await (await spender(1))
        .client()
        .spend({ credits: 0, reason: "" })
        .catch((error: unknown) => error),
    );
    expect(refused).toEqual({
      code: "BAD_REQUEST",
      message: "The request is not right: credits must be at least 1; reason must not be empty. Nothing was changed.",
      details: {
        issues: [
          { field: "credits", code: "too_small", message: "must be at least 1" },
          { field: "reason", code: "too_small", message: "must not be empty" },
        ],
      },
      temporary: false,
    });
  });

  it("says that a key is no good", async () => {
    const wrong = createClient({ url, apiKey: `kv_test_${"x".repeat(43)}` });
    const refused = await wrong.spend({ credits: 1, reason: "x" }).catch((error: unknown) => error);
    expect(refusalOf(refused)?.code).toBe("api_keys.refused");
  });
});

describe("while the shop is silent", () => {
  const spool = fileSpool(join(folder, "usage.jsonl"));
  beforeEach(async () => spool.remove(await spool.read()));

  it("usage is kept where it fails open, and told once when the shop is there again", async () => {
    const { client, balance } = await spender(100);
    const net = network();
    const program = client({ fetch: net.fetch, spool });
    net.state.down = true;
    const spooled = await program.spend({ credits: 40, reason: "silent", failMode: "open" });
    expect(spooled.outcome).toBe("spooled");
    expect(await program.replay()).toEqual({ told: 0, waiting: 1, refused: [] });
    net.state.down = false;
    // Another run of the program, which knows nothing but the file.
    const later = client({ spool: fileSpool(join(folder, "usage.jsonl")) });
    expect(await later.replay()).toEqual({ told: 1, waiting: 0, refused: [] });
    expect(await later.replay()).toEqual({ told: 0, waiting: 0, refused: [] });
    expect(await balance()).toBe(60);
  });

  it("what is kept after a line that a crash cut off is not lost with it", async () => {
    const path = join(folder, "torn.jsonl");
    await writeFile(path, '{"idempotencyKey":"torn","cred');
    const kept = fileSpool(path);
    const usage = { idempotencyKey: "whole", credits: 1, reason: "a" };
    await kept.append(usage);
    expect(await kept.read()).toEqual([usage]);
  });

  it("what was taken in before its answer was lost counts once", async () => {
    const { client, balance } = await spender(100);
    const net = network();
    net.state.loseAnswers = 5;
    const program = client({ fetch: net.fetch, spool });
    expect((await program.spend({ credits: 40, reason: "lost", failMode: "open" })).outcome).toBe("spooled");
    net.state.loseAnswers = 0;
    expect(await program.replay()).toEqual({ told: 1, waiting: 0, refused: [] });
    expect(await balance()).toBe(60);
  });

  it("what there are no credits for by then is owed, and never dropped", async () => {
    const { client, standing } = await spender(10);
    const net = network();
    const program = client({ fetch: net.fetch, spool });
    net.state.down = true;
    await program.spend({ credits: 8, reason: "one", failMode: "open" });
    await program.spend({ credits: 8, reason: "two", failMode: "open" });
    net.state.down = false;
    expect(await program.replay()).toEqual({ told: 2, waiting: 0, refused: [] });
    expect(await standing()).toMatchObject({ available: 0, debt: 6 });
  });

  it("what was told as owed before its answer was lost is taken for told", async () => {
    const { client, standing } = await spender(10);
    await spool.append({ credits: 18, reason: "told", idempotencyKey: "told" });
    const deaf: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (String(input).includes("credits.report")) throw new TypeError("the answer was lost");
      return answer;
    };
    expect(await client({ fetch: deaf, spool }).replay()).toEqual({ told: 0, waiting: 1, refused: [] });
    expect(await client({ spool }).replay()).toEqual({ told: 1, waiting: 0, refused: [] });
    expect(await standing()).toMatchObject({ available: 0, debt: 8 });
  });

  it("what the shop refuses for itself is passed over and named, and what is behind it is told", async () => {
    const { client, balance } = await spender(100);
    const program = client({ spool });
    await program.spend({ credits: 10, reason: "first", idempotencyKey: "twice" });
    await spool.append({ credits: 11, reason: "other work", idempotencyKey: "twice" });
    await spool.append({ credits: 0, reason: "nothing", idempotencyKey: "none" });
    await spool.append({ credits: 5, reason: "behind", idempotencyKey: "behind" });
    const replayed = await program.replay();
    expect(replayed).toMatchObject({
      ...{ told: 1, waiting: 2 },
      refused: [
        { idempotencyKey: "twice", code: "credits.key_reused" },
        { idempotencyKey: "none", code: "BAD_REQUEST" },
      ],
    });
    expect(await balance()).toBe(85);
    expect((await spool.read()).map(({ idempotencyKey }) => idempotencyKey)).toEqual(["twice", "none"]);
  });

  it("two different uses under one key are told apart: one is taken in, the other named and kept", async () => {
    const { client, balance } = await spender(100);
    const program = client({ spool });
    const [one, other] = [
      { credits: 7, reason: "one", idempotencyKey: "shared" },
      { credits: 9, reason: "other", idempotencyKey: "shared" },
    ];
    for (const usage of [one, one, other]) await spool.append(usage);
    for (const told of [2, 0]) {
      const replayed = await program.replay();
      expect(replayed).toMatchObject({ told, waiting: 1, refused: [{ code: "credits.key_reused", usage: other }] });
      expect(await spool.read()).toEqual([other]);
      expect(await balance()).toBe(93);
    }
  });

  it("it throws where it fails closed", async () => {
    const { client } = await spender(10);
    const net = network();
    net.state.down = true;
    const refused = await client({ fetch: net.fetch, spool })
      .spend({ credits: 1, reason: "closed" })
      .catch((error: unknown) => error);
    expect(refusalOf(refused)).toMatchObject({ code: "unreachable", temporary: true });
    expect(await spool.read()).toEqual([]);
  });
});

describe("the package", () => {
  it("takes nothing but types from the shop", async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) => !file.includes(".test."));
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const text = await readFile(join(import.meta.dirname, file), "utf8");
      const outside = [...text.matchAll(/^import (.*) from "\.\.\//gm)].map(([, what]) => what ?? "");
      expect(
        outside.filter((what) => !what.startsWith("type ")),
        file,
      ).toEqual([]);
    }
  });

  it("the example program runs against a shop until its credits are spent", async () => {
    const { secret, balance } = await spender(25);
    const env = { ...process.env, KRAFTVERK_URL: url, KRAFTVERK_API_KEY: secret, SPOOL: join(folder, "example") };
    const program = promisify(execFile)(process.execPath, ["examples/spend-credits.ts"], { env });
    const { stdout, code } = await program.then(
      ({ stdout: text }) => ({ stdout: text, code: 0 }),
      (error: { stdout: string; code: number }) => error,
    );
    expect(stdout.split("\n")).toEqual([
      "Report 1 is made.",
      "Credits left: 15",
      "Report 2 is made.",
      "Credits left: 5",
      "No report 3: it costs 10 credits and 5 are left.",
      "",
    ]);
    expect(code).toBe(2);
    expect(await balance()).toBe(5);
  });
});

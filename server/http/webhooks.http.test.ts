import { once } from "node:events";
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import pino from "pino";
import Stripe from "stripe";
import { afterAll, describe, expect, test } from "vitest";
import * as resourceRoute from "../../app/routes/api.webhooks.stripe.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { type CallLimits, createCallLimits } from "../identity/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { connect } from "../kernel/db.ts";
import { createMetrics } from "../kernel/metrics.ts";
import { createInbox } from "../webhooks/index.ts";
import type { LoadContext } from "./load-context.ts";
import { webhookDoor } from "./webhook-door.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test" });
const secret = "whsec_0123456789abcdef";
const log = pino({ level: "silent" });
const inbox = createInbox({
  service,
  log,
  metrics: createMetrics({ process: "test" }),
  clock: { now: () => new Date() },
  secrets: [secret],
  livemode: false,
});

/** The route alone, in Remix's own request handler. */
const build = {
  entry: { module: { default: () => new Response("no page", { status: 500 }) } },
  routes: { hook: { id: "hook", path: "api/webhooks/stripe", module: resourceRoute } },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "test" },
  future: { v3_singleFetch: true },
  publicPath: "/",
  assetsBuildDirectory: "",
  basename: "/",
  isSpaMode: false,
  mode: "production",
} as unknown as ServerBuild;
const remix = createRequestHandler(build, "production");

const pages = new Hono();
pages.all("*", (c) => remix(c.req.raw, { webhooks: inbox } as unknown as LoadContext));
const listener = getRequestListener(pages.fetch, { overrideGlobalObjects: false });
const behind = (request: IncomingMessage, response: ServerResponse) => void listener(request, response);
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_door",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
});
const doorWith = (callLimits: CallLimits, env: { TRUST_PROXY: number }) => {
  const parts = { log, metrics: createMetrics({ process: "test" }), providers: { callLimits } };
  return webhookDoor({ ...parts, config: { ...config, ...env } }, inbox, behind);
};
const door = doorWith(createCallLimits({ scale: 1000 }), { TRUST_PROXY: 0 });
const narrow = doorWith(createCallLimits({ scale: 0.02 }), { TRUST_PROXY: 1 });
const servers = { door: createServer(door), remix: createServer(behind), narrow: createServer(narrow) };
await Promise.all(
  Object.values(servers).map((server) => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))),
);
afterAll(async () => {
  for (const server of Object.values(servers)) server.close().closeAllConnections();
  await inbox.close();
  await service.close();
});

type Door = keyof typeof servers;
let count = 0;
function event(note: string): string {
  return JSON.stringify({
    id: `evt_${++count}`,
    object: "event",
    type: "x.y",
    created: 1,
    livemode: false,
    data: { object: { id: "x", note } },
  });
}
const sign = (payload: string) => Stripe.webhooks.generateTestHeaderString({ payload, secret });
async function post(
  door: Door,
  payload: string,
  headers: Record<string, string> = { "stripe-signature": sign(payload) },
) {
  const { port } = servers[door].address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/webhooks/stripe`, {
    method: "POST",
    body: payload,
    headers,
  });
  const retryAfter = response.headers.get("retry-after");
  const answer = { status: response.status, body: await response.text(), type: response.headers.get("content-type") };
  return retryAfter === null ? answer : { ...answer, retryAfter };
}

describe.each<Door>(["door", "remix"])("through %s", (door) => {
  test.each([
    ["CRLF and tabs", (text: string) => text.replaceAll(",", ",\r\n\t")],
    ["emoji and line separators", () => event("🧾 \u2028 \u2029 räksmörgås 日本")],
    ["200 kB", () => event("x".repeat(200_000))],
    [
      "escapes kept as they were sent",
      () => event("x").replace('"note":"x"', String.raw`"note":"\u00e5\/\ud83e\uddfe"`),
    ],
    ["a leading byte order mark", (text: string) => `\uFEFF${text}`],
  ])("the signed bytes arrive unchanged: %s", async (_name, make) => {
    const payload = make(event("plain"));
    expect(await post(door, payload)).toEqual({
      status: 200,
      body: '{"received":true,"result":"stored"}',
      type: "application/json",
    });
    expect(await post(door, payload)).toMatchObject({ status: 200, body: '{"received":true,"result":"duplicate"}' });
  });
});

test.each<Door>(["door", "remix"])(
  "through %s: a few headers are kept, nothing that vouches for or names anybody",
  async (door) => {
    const payload = event("headers");
    const signature = sign(payload);
    const secrets = {
      "stripe-signature": signature,
      authorization: "Bearer not-to-be-kept",
      cookie: "session=not-to-be-kept",
      "x-forwarded-for": "203.0.113.9",
      "x-anything": "not-to-be-kept",
    };
    const agent = `Stripe/1.0 ${"x".repeat(300)}`;
    const sent = { "user-agent": agent, "content-type": "application/json; charset=utf-8", "webhook-id": "m\u00f6te" };
    expect(await post(door, payload, { ...secrets, ...sent })).toMatchObject({ status: 200 });
    const [row] = await service.sql`
    select headers, webhook_events::text as whole from webhook_events where external_id = ${`evt_${count}`}`;
    const signed = /^t=(\d+),v1=(\w+)/.exec(signature);
    expect(row?.headers.split("\n")).toEqual([
      `user-agent: ${agent.slice(0, 200)}`,
      "content-type: application/json; charset=utf-8",
      `signature-time: ${signed?.[1]}`,
      "signature-form: stripe v1",
    ]);
    expect(signed?.[2]).toHaveLength(64);
    for (const never of [signed?.[2], "not-to-be-kept", "203.0.113.9", "m\u00f6te"])
      expect(row?.whole).not.toContain(never);
  },
);

test("both answer alike, whatever comes", async () => {
  const stranger = event("stranger");
  const cases: [string, Record<string, string> | undefined][] = [
    [stranger, { "stripe-signature": sign(`${stranger} `) }],
    [event("no header"), {}],
    ["not JSON", undefined],
    [event("a\0b"), undefined],
    ["x".repeat(1_000_001), { "stripe-signature": "t=1,v1=00" }],
  ];
  for (const [payload, headers] of cases) {
    const first = await post("door", payload, headers);
    const second = await post("remix", payload, headers);
    expect({ ...second, body: second.body.replace("duplicate", "stored") }).toEqual(first);
  }
});

test("only POST is answered", async () => {
  for (const door of ["door", "remix"] as const) {
    const { port } = servers[door].address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/webhooks/stripe`);
    expect([404, 405]).toContain(response.status);
    await response.text();
  }
});

test("a body of unstated length is cut off at the limit, and the connection with it", async () => {
  const { port } = servers.door.address() as AddressInfo;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = httpRequest({
      port,
      host: "127.0.0.1",
      path: "/api/webhooks/stripe",
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
    });
    sending.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
      sending.destroy();
    });
    sending.on("error", reject);
    for (let i = 0; i < 12; i++) sending.write("x".repeat(100_000));
  });
  expect(status).toBe(413);
});

test("what comes while too much is under way is refused unread, and the connection can be used again", async () => {
  const lines: string[] = [];
  const told = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics({ process: "test" });
  const callLimits = createCallLimits({ scale: 1000 });
  const crowded = createServer(
    webhookDoor({ config, log: told, metrics, providers: { callLimits } }, inbox, behind, 1),
  );
  await new Promise<void>((resolve) => void crowded.listen(0, "127.0.0.1", resolve));
  const { port } = crowded.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (payload: string, through?: Agent) => {
    const headers = { "stripe-signature": sign(payload), "content-length": Buffer.byteLength(payload) };
    const path = "/api/webhooks/stripe";
    const request = httpRequest({
      port,
      host: "127.0.0.1",
      path,
      method: "POST",
      headers,
      ...(through && { agent: through }),
    });
    const answered = once(request, "response").then(async ([response]: IncomingMessage[]) => {
      const chunks = await response!.toArray();
      return { status: response!.statusCode, headers: response!.headers, body: Buffer.concat(chunks).toString() };
    });
    return { request, answered };
  };
  const slow = event("slow");
  const first = send(slow);
  first.request.write(slow.slice(0, 20));
  await once(crowded, "request");

  for (let attempt = 0; attempt < 2; attempt++) {
    const payload = event("x".repeat(50_000));
    const refused = send(payload, agent);
    refused.request.end(payload);
    expect(await refused.answered).toMatchObject({
      status: 503,
      headers: { "retry-after": "1", connection: "keep-alive" },
      body: '{"error":"Event processing failed"}',
    });
  }
  await expect.poll(() => lines.filter((line) => line.includes('"refused":2')), { timeout: 120_000 }).toHaveLength(1);
  expect(await metrics.registry.metrics()).toMatch(/webhook_events_total\{type="unread",outcome="refused".*\} 2/);

  first.request.end(slow.slice(20));
  expect(await first.answered).toMatchObject({ status: 200 });
  const next = event("next");
  const taken = send(next, agent);
  taken.request.end(next);
  expect(await taken.answered).toMatchObject({ status: 200, body: '{"received":true,"result":"stored"}' });
  agent.destroy();
  crowded.close().closeAllConnections();
});

describe("R31: notifications that are not signed right", () => {
  const from = (address: string, payload: string, signature = sign(payload)) =>
    post("narrow", payload, { "stripe-signature": signature, "x-forwarded-for": address });
  const forge = (address: string) => from(address, event("forged"), "t=1,v1=00");

  test("are refused with 429 when an address sends too many; what is signed comes through from there, and others are as before", async () => {
    for (let n = 0; n < 2; n++) expect(await forge("198.51.100.1")).toMatchObject({ status: 400 });
    const refused = await forge("198.51.100.1");
    expect(refused).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^[1-9]\d?$/) });
    expect(JSON.parse(refused.body)).toMatchObject({ success: false });
    for (let n = 0; n < 5; n++) expect(await from("198.51.100.1", event("genuine"))).toMatchObject({ status: 200 });
    // Another notification of an address at its limit is still only refused, never stored.
    expect(await forge("198.51.100.1")).toMatchObject({ status: 429 });
    expect(await forge("198.51.100.2")).toMatchObject({ status: 400 });
    // One subscriber of IPv6 is one address, whichever of its own it sends from.
    for (let n = 0; n < 2; n++) expect(await forge(`2001:db8:1:2::${n + 1}`)).toMatchObject({ status: 400 });
    expect(await forge("2001:db8:1:2:ffff::9")).toMatchObject({ status: 429 });
    expect(await forge("2001:db8:1:3::1")).toMatchObject({ status: 400 });
  });
});

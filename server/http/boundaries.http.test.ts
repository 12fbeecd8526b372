import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect as openSocket, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import pino from "pino";
import Stripe from "stripe";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { createCallLimits } from "../identity/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { connect } from "../kernel/db.ts";
import { createMetrics } from "../kernel/metrics.ts";
import { createInbox } from "../webhooks/index.ts";
import { HTTP_LIMITS } from "./http-limits.ts";
import { webhookDoor } from "./webhook-door.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test" });
const secret = "whsec_0123456789abcdef";
const log = pino({ level: "silent" });
const metrics = createMetrics({ process: "test" });
const inbox = createInbox({
  service,
  log,
  metrics,
  clock: { now: () => new Date() },
  secrets: [secret],
  livemode: false,
});
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_boundaries",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
});
const providers = { callLimits: createCallLimits({ scale: 1000 }) };
const door = webhookDoor({ config, log, metrics, providers }, inbox, (_request, response) => response.end("a page"));
// Faster than in production, so that nobody waits long for the slow ones here; on a busy machine a real one is slow too.
const limits = { ...HTTP_LIMITS, headersTimeout: 2_400, requestTimeout: 2_700, connectionsCheckingInterval: 50 };
const server = createServer(limits, door);
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server.close().closeAllConnections();
  await inbox.close();
  await service.close();
});

/** Everything that the server says on a connection of ours, until it closes it. */
async function whatComesBack(send: (socket: Socket) => void): Promise<string> {
  const socket = openSocket(port, "127.0.0.1");
  sockets.push(socket);
  let answer = "";
  socket.on("data", (bytes) => (answer += bytes));
  socket.on("error", () => {});
  socket.on("connect", () => send(socket));
  await once(socket, "close");
  return answer;
}

let count = 0;
/** A notification as the provider sends it. */
function deliver(): Promise<number | undefined> {
  count += 1;
  const payload = JSON.stringify({
    id: `evt_boundary_${count}`,
    object: "event",
    type: "x.y",
    created: 1,
    livemode: false,
    data: { object: { id: "x" } },
  });
  return post(Buffer.from(payload), {
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }),
  });
}
function post(body: Buffer, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest({
      port,
      host: "127.0.0.1",
      path: "/api/webhooks/stripe",
      method: "POST",
      headers: { ...headers, "content-length": body.length },
      agent: false,
    });
    sending.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

test("R6: the limits end a slow request within ten seconds", () => {
  for (const limit of [HTTP_LIMITS.headersTimeout, HTTP_LIMITS.requestTimeout])
    expect((limit ?? Number.POSITIVE_INFINITY) + (HTTP_LIMITS.connectionsCheckingInterval ?? 30_000)).toBeLessThan(
      10_000,
    );
});

describe("R6: whoever is slow, large or many", () => {
  test("a caller that never ends its headers, and one that never ends its body, are answered 408", async () => {
    const [headers, body] = await Promise.all([
      whatComesBack((socket) => socket.write("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nX-Slow: 1")),
      whatComesBack((socket) =>
        socket.write("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"),
      ),
    ]);
    expect(headers).toMatch(/^HTTP\/1\.1 408 /);
    expect(body).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("two hundred of them at once do not keep a real notification out", async () => {
    const slow = Array.from({ length: 200 }, () =>
      whatComesBack((socket) =>
        socket.write("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{"),
      ),
    );
    expect(await Promise.all(Array.from({ length: 20 }, deliver))).toEqual(Array.from({ length: 20 }, () => 200));
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  test("more than a megabyte is refused unread, by what it says of itself", async () => {
    const answer = await whatComesBack((socket) =>
      socket.write("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n"),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
  });

  test("a packed body is not unpacked: its bytes are what is signed and counted", async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    const header = `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}`;
    expect(await post(bomb, { "content-encoding": "gzip", "stripe-signature": header })).toBe(400);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });
});

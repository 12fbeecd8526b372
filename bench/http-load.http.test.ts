import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { requestBytes } from "./http-line.ts";
import { closedLoop, constantRate, type Outcome } from "./http-load.ts";

const seen: string[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    seen.push(`${request.method} ${request.url} ${body}`);
    if (request.url === "/chunked") {
      response.write("first ");
      setTimeout(() => response.end("second"), 5);
    } else {
      response.statusCode = request.url === "/missing" ? 404 : request.url === "/busy" ? 503 : 200;
      if (request.url === "/busy") response.setHeader("Retry-After", "7");
      response.end("räksmörgås".repeat(20_000));
    }
  });
});
await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => void server.close().closeAllConnections());

test("a closed loop sends every request once, waits for whole answers and counts them by status", async () => {
  const paths = ["/chunked", "/", "/missing", "/", "/chunked", "/"];
  const left = paths.map((path) => requestBytes("POST", path, {}, "å"));
  const load = await closedLoop({ port, connections: 2, seconds: 5, next: () => left.shift() ?? null });
  expect(load.requests).toBe(6);
  expect(load.statuses).toEqual({ 200: 5, 404: 1 });
  expect(seen.toSorted()).toEqual(paths.map((path) => `POST ${path} å`).toSorted());
});

test("a constant rate does not wait for answers", async () => {
  const sent: number[] = [];
  const requests = Array.from({ length: 20 }, () => requestBytes("GET", "/chunked"));
  await constantRate({ port, perSecond: 400, requests, sent: (index) => sent.push(index) });
  expect(sent.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test("at a constant rate every connection is open, and taken up by the server, before the clock starts", async () => {
  // Those that say something: connections of the test before may be taken up only now.
  const connections = new Set<Socket>();
  let greeted = 0;
  const note = (request: IncomingMessage) => {
    connections.add(request.socket);
    if (request.url === "/hello") greeted += 1;
  };
  server.on("request", note);
  const atFirst: { opened: number; greeted: number }[] = [];
  await constantRate({
    ...{ port, perSecond: 1_000, connections: 7, greeting: requestBytes("GET", "/hello") },
    requests: [requestBytes("GET", "/"), requestBytes("GET", "/")],
    sent: (index) => void (index === 0 && atFirst.push({ opened: connections.size, greeted })),
  });
  server.off("request", note);
  expect(atFirst).toEqual([{ opened: 7, greeted: 7 }]);
  expect(connections.size).toBe(7);
});

test("at a constant rate what finds no free connection waits, and is told with how it was answered", async () => {
  const outcomes: Outcome[] = [];
  const requests = Array.from({ length: 6 }, () => requestBytes("GET", "/busy"));
  const answered = (outcome: Outcome) => void outcomes.push(outcome);
  await constantRate({ port, perSecond: 100_000, connections: 1, requests, answered });
  expect(outcomes.map(({ index, status, retryAfter }) => ({ index, status, retryAfter }))).toEqual(
    requests.map((_, index) => ({ index, status: 503, retryAfter: 7 })),
  );
  expect(outcomes[5]?.milliseconds).toBeGreaterThan(outcomes[0]?.milliseconds ?? Number.NaN);
  expect(outcomes[5]?.fromSent).toBeLessThan(outcomes[5]?.milliseconds ?? Number.NaN);
});

import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { limitBody } from "./body-limit.ts";

const app = new Hono();
app.use("*", limitBody(1_000));
app.all("*", async (c) => c.text(`${c.req.method} ${await new Request(c.req.raw.url, c.req.raw).text()}`));
const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
server.listen(0, "127.0.0.1");
await once(server, "listening");
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Sends the pieces as they are: with a length where it is given, else chunked, or nothing at all. */
function send(
  pieces: string[],
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, text });
    });
    outgoing.on("error", reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

test("a body with a length, one in chunks, and none are handed on", async () => {
  expect(await send(["email=a"], { "Content-Length": "7" })).toEqual({ status: 200, text: "POST email=a" });
  expect(await send(["email", "=a"], { "Transfer-Encoding": "chunked" })).toEqual({
    status: 200,
    text: "POST email=a",
  });
  expect(await send([])).toEqual({ status: 200, text: "POST " });
});

test("a larger one is refused, whatever it says of itself", async () => {
  expect((await send(["x".repeat(2_000)], { "Content-Length": "2000" })).status).toBe(413);
  expect((await send(["x".repeat(600), "x".repeat(600)], { "Transfer-Encoding": "chunked" })).status).toBe(413);
});

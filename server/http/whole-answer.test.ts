import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { sendWhole, WholeAnswer } from "./whole-answer.ts";

const text = "<!DOCTYPE html><p>Ångkraft – 199 kr</p>";
const page = () => new WholeAnswer(text, { status: 418, headers: { "Content-Type": "text/html", "X-Of": "page" } });

test("is a Response like any other for whoever reads it", async () => {
  expect(await page().text()).toBe(text);
  expect(Buffer.from(await page().arrayBuffer()).toString()).toBe(text);
  expect(await new Response(page().body, page()).text()).toBe(text);
  expect(await page().clone().text()).toBe(text);
  expect(await new WholeAnswer(Buffer.from("[1]")).json()).toEqual([1]);
  const read = page();
  await read.text();
  expect(read.bodyUsed).toBe(true);
  await expect(read.text()).rejects.toThrow();
});

test("goes out with its status, length, headers and every cookie of it; what else there is comes back", async () => {
  const plain = new Response("plain");
  const server = createServer((_request, response) => {
    const answer = page();
    answer.headers.append("Set-Cookie", "a=1");
    answer.headers.append("Set-Cookie", "b=2");
    sendWhole(answer, response);
    expect(sendWhole(plain, response)).toBe(plain);
  }).listen(0);
  await once(server, "listening");
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(answer.status).toBe(418);
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(answer.headers.get("x-of")).toBe("page");
  expect(answer.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
  expect(await answer.text()).toBe(text);
  server.close();
  server.closeAllConnections();
});

test("one that was read before is left to the adapter, which says so", async () => {
  const read = page();
  await read.text();
  expect(sendWhole(read, {} as never)).toBe(read);
});

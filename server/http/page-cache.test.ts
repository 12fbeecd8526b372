import { describe, expect, test } from "vitest";
import { createPageCache } from "./page-cache.ts";

let now = 0;
let visitor = 0;
const visit = () => {
  visitor += 1;
  return { nonce: `nonce-of-${visitor}-abcdef`, requestId: `request-of-${visitor}-abcdef` };
};
const html = (text: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8", ...headers } });

/** A shop with one price that counts how often it is rendered. */
function shop() {
  const cache = createPageCache(() => now);
  const state = { price: 199, rendered: 0 };
  const look = async (key = "/products") => {
    const own = visit();
    const render = async () => {
      state.rendered += 1;
      return html(`<script nonce="${own.nonce}">${own.requestId}</script> ${state.price} kr å`);
    };
    const response = await cache.answer(key, own, render);
    return { own, text: await response.text(), response };
  };
  /** A page is kept from the second time on that somebody asks for it. */
  const known = async (key?: string) => {
    await look(key);
    state.rendered = 0;
  };
  return { cache, state, look, known };
}

describe("shared documents", () => {
  test("each visitor gets the document with marks of their own", async () => {
    const { look, state, known } = shop();
    await known();
    for (let i = 0; i < 3; i++) {
      const { own, text, response } = await look();
      expect(text).toBe(`<script nonce="${own.nonce}">${own.requestId}</script> 199 kr å`);
      expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    }
    expect(state.rendered).toBe(1);
  });

  test("a changed price is shown half a second after the page was made, and never later", async () => {
    const { look, state, known } = shop();
    await known();
    await look();
    state.price = 149;
    now += 499;
    expect((await look()).text).toContain("199 kr");
    now += 2;
    expect((await look()).text).toContain("149 kr");
  });

  test("a page that nobody else asked for within a minute is not kept", async () => {
    const { look, state } = shop();
    await look();
    await look();
    expect(state.rendered).toBe(2);
    await look();
    expect(state.rendered).toBe(2);
    now += 60_001;
    await look();
    await look();
    expect(state.rendered).toBe(4);
  });

  test("who comes while it is being rendered waits for it; who asks for another does not get it", async () => {
    const { look, state } = shop();
    await Promise.all([look(), look(), look(), look("/products?q=b")]);
    expect(state.rendered).toBe(2);
  });

  test.each([
    ["sets a cookie", () => html("for one", { "Set-Cookie": "cart=1" })],
    ["is no success", () => new Response("gone", { status: 404, headers: { "Content-Type": "text/html" } })],
    ["is no page", () => Response.json({ account: 1 })],
  ])("an answer that %s is given to nobody else", async (_name, make) => {
    const { cache } = shop();
    let made = 0;
    const ask = () =>
      cache.answer("/x", visit(), async () => {
        made += 1;
        return make();
      });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(made).toBe(2);
    expect(await first.text()).toBe(await second.text());
  });

  test("a failure is told to who asked and tried anew by the next", async () => {
    const { cache, look } = shop();
    await expect(cache.answer("/products", visit(), () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect((await look()).text).toContain("199 kr");
  });

  test("it does not grow without end", async () => {
    const { look, state } = shop();
    for (let i = 0; i < 500; i++) for (let times = 0; times < 2; times++) await look(`/products?q=${i}`);
    const before = state.rendered;
    await look("/products?q=0");
    expect(state.rendered).toBe(before + 1);
  });
});

import { describe, expect, it, vi } from "vitest";
import { createUnanswered } from "./unanswered.ts";

const lost = () => Promise.reject(new TypeError("Failed to fetch"));
const answer = new Response("{}");

describe("a request for a page's data that nobody answers", () => {
  it("waits, with what it sends, until it is tried again", async () => {
    const ask = vi
      .fn<typeof fetch>()
      .mockImplementationOnce(lost)
      .mockImplementationOnce(lost)
      .mockResolvedValue(answer);
    const watched = createUnanswered(ask);
    const counts: number[] = [];
    watched.subscribe(() => counts.push(watched.count()));
    const asked = watched.fetch("/cart.data?index", { method: "POST", body: "quantity=2" });
    await vi.waitFor(() => expect(watched.count()).toBe(1));
    watched.tryAgain();
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(watched.count()).toBe(1));
    watched.tryAgain();
    expect(await asked).toBe(answer);
    expect(ask.mock.calls.map(([, init]) => init?.body)).toEqual(["quantity=2", "quantity=2", "quantity=2"]);
    expect(counts).toEqual([1, 0, 1, 0]);
  });

  it("is let go when nobody wants the answer any more", async () => {
    const watched = createUnanswered(lost);
    const leaving = new AbortController();
    const asked = watched.fetch("/products.data", { signal: leaving.signal });
    await vi.waitFor(() => expect(watched.count()).toBe(1));
    leaving.abort();
    await expect(asked).rejects.toThrow(/abort/i);
    expect(watched.count()).toBe(0);
  });

  it.each(["/passkey", "/admin/export/orders", "/products?q=a.data"])("is none of these: %s", async (address) => {
    await expect(createUnanswered(lost).fetch(address)).rejects.toThrow("Failed to fetch");
  });

  it("leaves a fault of ours alone", async () => {
    const broken = createUnanswered(() => Promise.reject(new Error("boom")));
    await expect(broken.fetch("/cart.data")).rejects.toThrow("boom");
  });
});

import { describe, expect, it } from "vitest";
import type { Caller } from "../../../server/trpc/router.ts";
import { listPage } from "../list-page.ts";
import { testedPrice } from "./tested-price.server.ts";

const products = [
  { id: "towel", currencies: ["SEK", "EUR", "USD"] },
  { id: "pro", currencies: ["USD"] },
] as const;

/** Asks at an address a shop in which each product costs something in its own currencies alone, and says what was asked of it. */
async function tested(search: string) {
  const asked: object[] = [];
  const preview = async (input: { productId: string; currency: string }) => {
    asked.push(input);
    const sold: readonly string[] = products.find(({ id }) => id === input.productId)?.currencies ?? [];
    if (sold.includes(input.currency)) return { at: new Date(0) };
    const why = { name: "DomainError", code: "pricing.not_for_sale", kind: "not_found", details: {} };
    const cause = Object.assign(new Error("why"), why);
    throw Object.assign(new Error("no"), { name: "TRPCError", code: "NOT_FOUND", cause });
  };
  const caller = { pricing: { preview } } as unknown as Caller;
  const answer = await testedPrice(caller, listPage(new Request(`http://shop/admin/prices?${search}`)), products);
  return { ...answer, asked: answer.asked, calls: asked };
}

describe("what the price tester is asked", () => {
  it("is nothing before a product is chosen", async () => {
    expect(await tested("")).toMatchObject({ preview: null, soldIn: null, calls: [], asked: { currency: "SEK" } });
    expect(await tested("product=gone&currency=EUR")).toMatchObject({ preview: null, soldIn: null, calls: [] });
  });

  it("is the price in the currency that was chosen, at first in one that the product is sold in", async () => {
    expect(await tested("product=towel")).toMatchObject({ calls: [{ productId: "towel", currency: "SEK" }] });
    expect(await tested("product=pro")).toMatchObject({
      calls: [{ productId: "pro", currency: "USD" }],
      preview: { at: new Date(0) },
    });
    const all = await tested("product=towel&currency=EUR&variant=towel-one&at=2026-11-20T12:00");
    expect(all.calls).toEqual([
      { productId: "towel", currency: "EUR", variantId: "towel-one", at: new Date("2026-11-20T11:00:00Z") },
    ]);
  });

  it("is answered with what the product is sold in, where it is not sold so", async () => {
    expect(await tested("product=pro&currency=SEK")).toMatchObject({ preview: null, soldIn: ["USD"] });
  });
});

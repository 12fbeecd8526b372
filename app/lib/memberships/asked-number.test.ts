import { describe, expect, it } from "vitest";
import { answerNumber } from "./asked-number.server.ts";

const askedFor = async (typed: string) => {
  const address = new URL("https://shop.example/units");
  address.searchParams.set("units", typed);
  const { offer } = await answerNumber(new Request(address), { locale: "sv", name: "units" }, async (wanted) => wanted);
  return offer;
};

describe("a number that a page is asked by its address", () => {
  it("is quoted as it was typed", async () => {
    expect(await Promise.all(["1", " 3 ", "99"].map(askedFor))).toEqual([1, 3, 99]);
  });

  it.each(["0", "-2", "2.5", "2,5", "two", "", "1000000"])("is none where %j was typed, never one", async (typed) => {
    expect(await askedFor(typed)).toBe(0);
  });
});

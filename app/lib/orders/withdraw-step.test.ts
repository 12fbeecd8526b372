import { describe, expect, it } from "vitest";
import { withdrawHref, withdrawOffer, withdrawPlace } from "./withdraw-step.ts";

const at = (search: string) => withdrawPlace(new URLSearchParams(search));

describe("where a visitor who takes a purchase back is", () => {
  it.each([
    ["", "find", false],
    ["ref=abc", "choose", false],
    ["order=ord_1", "choose", false],
    ["ref=abc&step=confirm&line=orl_1&line=orl_2", "confirm", false],
    ["ref=abc&step=confirm", "choose", true],
    ["step=confirm&line=orl_1", "find", false],
  ])("?%s", (search, step, choseNothing) => expect(at(search)).toMatchObject({ step, choseNothing }));
  it("keeps the key of the order from step to step", () => {
    expect(withdrawHref({ ref: "a b" }, { received: "wdr_1" })).toBe("/withdraw?ref=a+b&received=wdr_1");
    expect(at(withdrawHref({ orderId: "ord_1" }).split("?")[1] ?? "").order).toEqual({ orderId: "ord_1" });
  });
});

describe("whether an order that its buyer looks at can be taken back", () => {
  const line = (open: boolean, lastDay: string | null = null) => ({ open, lastDay });
  it.each([
    ["nothing of it any more", [line(false, "2026-12-07"), line(false)], null],
    ["nothing is in it", [], null],
    ["its goods have not left", [line(true)], { lastDay: null }],
    [
      "until the first last day",
      [line(true, "2026-12-14"), line(true, "2026-12-07"), line(true)],
      { lastDay: "2026-12-07" },
    ],
    ["what is open counts", [line(false, "2026-12-01"), line(true, "2026-12-07")], { lastDay: "2026-12-07" }],
  ])("%s", (_, lines, offer) =>
    expect(withdrawOffer({ ref: "abc" }, lines)).toEqual(offer && { to: "/withdraw?ref=abc", ...offer }),
  );
});

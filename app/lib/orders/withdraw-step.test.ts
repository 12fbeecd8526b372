import { describe, expect, it } from "vitest";
import { withdrawHref, withdrawPlace } from "./withdraw-step.ts";

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

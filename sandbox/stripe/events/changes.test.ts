import { expect, it } from "vitest";
import { previousAttributes } from "./changes.ts";

it("tells nothing when nothing changed", () => {
  expect(previousAttributes({ a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } })).toBeUndefined();
});

it("tells the earlier values, nested tables only by their changed keys, lists whole", () => {
  const before = { status: "active", metadata: { a: "1", b: "2" }, items: [{ id: 1 }, { id: 2 }], ended_at: null };
  const after = { status: "canceled", metadata: { a: "1", c: "3" }, items: [{ id: 1 }], ended_at: 5 };
  expect(previousAttributes(before, after)).toEqual({
    status: "active",
    metadata: { b: "2", c: null },
    items: [{ id: 1 }, { id: 2 }],
    ended_at: null,
  });
});

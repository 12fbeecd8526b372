import { describe, expect, test } from "vitest";
import { pageOf, prefixRange, readCursor, totalOf } from "./page.ts";

const rows = (...ids: number[]) =>
  ids.map((n) => ({ id: `row_${n}`, cursorAt: `2026-11-${10 + n} 12:00:00.00000${n}+00` }));
const ids = (page: { items: { id: string }[] }) => page.items.map((item) => item.id);

describe("a page", () => {
  test("of the beginning leads on and not back", () => {
    const page = pageOf(rows(9, 8, 7), 2);
    expect(ids(page)).toEqual(["row_9", "row_8"]);
    expect(page.previousCursor).toBeNull();
    expect(readCursor(page.nextCursor!)).toEqual({ id: "row_8", at: rows(8)[0]!.cursorAt, backwards: false });
  });

  test("in the middle leads both ways", () => {
    const page = pageOf(rows(7, 6, 5), 2, readCursor(pageOf(rows(9, 8, 7), 2).nextCursor!));
    expect(readCursor(page.nextCursor!)).toMatchObject({ id: "row_6", backwards: false });
    expect(readCursor(page.previousCursor!)).toMatchObject({ id: "row_7", backwards: true });
  });

  test("at the end leads back only", () => {
    const page = pageOf(rows(5), 2, { id: "row_6", at: "x", backwards: false });
    expect(page.nextCursor).toBeNull();
    expect(readCursor(page.previousCursor!)).toMatchObject({ id: "row_5", backwards: true });
  });

  test("read backwards is turned round, and knows whether there is more before it", () => {
    const from = { id: "row_5", at: "x", backwards: true };
    const middle = pageOf(rows(6, 7, 8), 2, from);
    expect(ids(middle)).toEqual(["row_7", "row_6"]);
    expect(readCursor(middle.previousCursor!)).toMatchObject({ id: "row_7", backwards: true });
    expect(readCursor(middle.nextCursor!)).toMatchObject({ id: "row_6", backwards: false });
    expect(pageOf(rows(6, 7), 2, from).previousCursor).toBeNull();
  });

  test("says nothing of the sort value in its rows", () => {
    expect(pageOf(rows(1), 2).items).toEqual([{ id: "row_1" }]);
  });
});

describe("a cursor", () => {
  test("keeps a sort value with any letter in it", () => {
    const [row] = pageOf(
      [
        { id: "a", cursorAt: "x|y@example.com" },
        { id: "b", cursorAt: "" },
      ],
      1,
    ).items;
    expect(row).toEqual({ id: "a" });
    const { nextCursor } = pageOf(
      [
        { id: "a", cursorAt: "x|y@example.com" },
        { id: "b", cursorAt: "" },
      ],
      1,
    );
    expect(readCursor(nextCursor!, "text")).toEqual({ id: "a", at: "x|y@example.com", backwards: false });
  });

  test.each([
    "nonsense",
    Buffer.from("after|x|1; drop table").toString("base64url"),
    Buffer.from("after|x").toString("base64url"),
  ])("that is not ours is refused: %s", (text) => {
    expect(() => readCursor(text)).toThrow(/Start from its beginning/);
  });

  test("of a list sorted by something else is refused", () => {
    const { nextCursor } = pageOf(rows(2, 1), 1);
    expect(() => readCursor(nextCursor!, "bigint")).toThrow(/Start from its beginning/);
  });
});

test("a bounded count says when there is more", () => {
  expect(totalOf(12)).toEqual({ count: 12, more: false });
  expect(totalOf(10_001)).toEqual({ count: 10_000, more: true });
});

test("a prefix is a range that holds everything that begins with it and nothing else", () => {
  const { from, to } = prefixRange("anna");
  const inside = (text: string) =>
    Buffer.compare(Buffer.from(text), Buffer.from(from)) >= 0 && Buffer.compare(Buffer.from(text), Buffer.from(to)) < 0;
  expect(["anna", "anna@example.com", "annaö"].every(inside)).toBe(true);
  expect(["ann", "annb", "Anna"].some(inside)).toBe(false);
});

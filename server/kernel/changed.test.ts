import { expect, it } from "vitest";
import { changed } from "./changed.ts";

const row = { status: "paid", amount: 100, at: new Date(5), until: null as Date | null };

it("tells what is otherwise, and null when there is nothing", () => {
  expect(changed(row, { status: "paid", at: new Date(5), until: null })).toBeNull();
  expect(changed(row, { status: "paid", amount: 90, until: new Date(7) })).toEqual({ amount: 90, until: new Date(7) });
  const later: typeof row = { ...row, until: new Date(7) };
  expect(changed(later, { until: null })).toEqual({ until: null });
  const listed = { lines: [[1, 2]] as readonly (readonly number[])[] | null };
  expect(changed(listed, { lines: [[1, 2]] })).toBeNull();
  expect(changed(listed, { lines: [[1, 3]] })).toEqual({ lines: [[1, 3]] });
  expect(changed(listed, { lines: null })).toEqual({ lines: null });
});

import superjson from "superjson";
import { expect, test } from "vitest";
import { transformer } from "./transformer.ts";

const shared = { credits: 1 };
const deep = (levels: number): object => (levels === 0 ? {} : { inner: deep(levels - 1) });
const holes: unknown[] = [1];
holes[2] = 3;

test.each<[string, unknown]>([
  [
    "a credit that was used",
    { operationId: "cro_1", newTotal: 4, taken: [{ grantId: null, credits: 1 }], replayed: false },
  ],
  ["nothing", undefined],
  ["null", null],
  ["text", "å ' \u2028"],
  ["numbers", [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10n]],
  ["what is undefined", { a: undefined, b: [undefined] }],
  ["a date", { at: new Date(0) }],
  ["a map and a set", { map: new Map([["a", 1]]), set: new Set([1]) }],
  ["an address", new URL("https://example.com/")],
  ["an error", new Error("no")],
  ["an object that stands in it twice", { one: shared, two: shared }],
  ["names with dots", { "a.b": { "c.d": new Date(0) }, "e.f": 1 }],
  ["without a prototype", Object.assign(Object.create(null), { a: 1 })],
  ["many objects", Array.from({ length: 40 }, (_, n) => ({ n }))],
  ["deep", deep(60)],
  ["an array with an empty place", holes],
  ["bytes", new Uint8Array([1, 2])],
])("says %s as superjson does", (_, value) => {
  expect(JSON.stringify(transformer.serialize(value))).toBe(JSON.stringify(superjson.serialize(value)));
});

test("refuses the names that superjson refuses", () => {
  expect(() => transformer.serialize({ constructor: 1 })).toThrow("constructor");
  expect(() => transformer.serialize([JSON.parse('{"__proto__":1}')])).toThrow("__proto__");
});

test("reads what superjson wrote", () => {
  const value = { at: new Date(0), none: undefined };
  expect(transformer.deserialize(superjson.serialize(value))).toEqual(value);
});

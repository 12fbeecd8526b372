import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hashToken, newId } from "./id.ts";

test("an id begins with its prefix and is written in 25 letters without those that are mistaken for others", () => {
  expect(newId("ord")).toMatch(/^ord_[0-9a-hjkmnp-tv-z]{25}$/);
});

test("ids sort by their millisecond, and within one by the order in which they were made", () => {
  const instants = [0, 1, 255, 256, 257, 2 ** 40 - 1, 2 ** 40, Date.now(), 2 ** 48 - 1];
  const made = instants.flatMap((at) => Array.from({ length: 300 }, () => newId("x", at)));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test("an id's first twelve letters are its millisecond and its place in that", () => {
  const read = (id: string) =>
    [...id.slice(2, 14)].reduce(
      (sum, letter) => sum * 32n + BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(letter)),
      0n,
    );
  for (const at of [1, 1_795_283_178_925, 2 ** 48 - 1]) expect(read(newId("x", at)) >> 12n).toBe(BigInt(at));
});

test("ids of one millisecond share no chance", () => {
  const tails = Array.from({ length: 5_000 }, () => newId("x", 7).slice(-13));
  expect(new Set(tails).size).toBe(tails.length);
  expect(new Set(tails.flatMap((tail) => [...tail])).size).toBe(32);
});

test("a token's hash is SHA-256 in hexadecimal", () => {
  expect(hashToken("tokén")).toBe(createHash("sha256").update("tokén").digest("hex"));
});

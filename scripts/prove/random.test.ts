import { expect, it } from "vitest";
import { permutations, randomFrom } from "./random.ts";

it("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number) => Array.from({ length: 20 }, randomFrom(seed).next);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every((n) => n >= 0 && n < 1)).toBe(true);
});

it("shuffling loses nothing and changes the order", () => {
  const list = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = randomFrom(1).shuffled(list);
  expect(shuffled).not.toEqual(list);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
});

it("finds every order once", () => {
  const orders = permutations(["a", "b", "c", "d"]).map((order) => order.join(""));
  expect(new Set(orders).size).toBe(24);
  expect(orders).toHaveLength(24);
});

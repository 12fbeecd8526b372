import { expect, it } from "vitest";
import { createTurns } from "./after-others.ts";

const nobody = async () => new Set<string>();

it("lets what is about the same thing happen one after the other, and the rest at once", async () => {
  const inTurn = createTurns(nobody);
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = inTurn("cus_1", "one", async () => {
    told.push("one begins");
    await first.promise;
    told.push("one ends");
  });
  const two = inTurn("cus_1", "two", async () => void told.push("two"));
  const other = inTurn("cus_2", "other", async () => void told.push("other"));
  const alone = inTurn(null, "alone", async () => void told.push("nobody's"));
  await Promise.all([other, alone]);
  expect(told).toEqual(["one begins", "other", "nobody's"]);
  first.resolve();
  await Promise.all([one, two]);
  expect(told.slice(3)).toEqual(["one ends", "two"]);
});

it("goes on when one fails, and answers what each answered", async () => {
  const inTurn = createTurns(nobody);
  const fails = inTurn("cus_1", "one", async () => {
    throw new Error("refused");
  });
  const follows = inTurn("cus_1", "two", async () => 7);
  await expect(fails).rejects.toThrow("refused");
  expect(await follows).toBe(7);
  // Nothing is kept of them: the next is the first again.
  expect(await inTurn("cus_1", "three", async () => 8)).toBe(8);
});

it("takes along what the one before has settled, and gives the others their turn", async () => {
  const shown: (readonly string[])[] = [];
  const inTurn = createTurns<string>(async (items) => {
    shown.push(items);
    return new Set(items.filter((item) => item.startsWith("settled")));
  });
  const work = (item: string) => inTurn("cus_1", item, async () => `${item} worked`);
  const answers = await Promise.all(["one", "settled two", "three", "settled four"].map(work));
  expect(answers).toEqual(["one worked", "along", "three worked", "along"]);
  expect(shown).toEqual([["settled two", "three", "settled four"]]);
});

it("lets each do its own when nobody can say what is settled", async () => {
  const inTurn = createTurns<string>(() => Promise.reject(new Error("the database is away")));
  const answers = await Promise.all(["one", "two"].map((item) => inTurn("cus_1", item, async () => item)));
  expect(answers).toEqual(["one", "two"]);
});

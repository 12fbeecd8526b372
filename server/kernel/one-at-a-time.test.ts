import { expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

it("lets what is about the same thing happen one after the other, and the rest at once", async () => {
  const inTurn = oneAtATime();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = inTurn("a", async (waited) => {
    told.push(`one begins, waited: ${waited}`);
    await first.promise;
    told.push("one ends");
  });
  const two = inTurn("a", async (waited) => void told.push(`two, waited: ${waited}`));
  const three = inTurn("a", async (waited) => void told.push(`three, waited: ${waited}`));
  await inTurn("b", async () => void told.push("another"));
  expect(told).toEqual(["one begins, waited: false", "another"]);
  first.resolve();
  await Promise.all([one, two, three]);
  expect(told.slice(2)).toEqual(["one ends", "two, waited: true", "three, waited: true"]);
});

it("goes on when one fails, answers what each answered, and keeps nothing of them", async () => {
  const inTurn = oneAtATime();
  const fails = inTurn("a", () => Promise.reject(new Error("refused")));
  const follows = inTurn("a", async () => 7);
  await expect(fails).rejects.toThrow("refused");
  expect(await follows).toBe(7);
  expect(await inTurn("a", async (waited) => waited)).toBe(false);
});

import { expect, it } from "vitest";
import { afterOthers } from "./after-others.ts";

it("lets what is about the same thing happen one after the other, and the rest at once", async () => {
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = afterOthers("cus_1", async () => {
    told.push("one begins");
    await first.promise;
    told.push("one ends");
  });
  const two = afterOthers("cus_1", async () => void told.push("two"));
  const other = afterOthers("cus_2", async () => void told.push("other"));
  const nobody = afterOthers(null, async () => void told.push("nobody's"));
  await Promise.all([other, nobody]);
  expect(told).toEqual(["one begins", "other", "nobody's"]);
  first.resolve();
  await Promise.all([one, two]);
  expect(told.slice(3)).toEqual(["one ends", "two"]);
});

it("goes on when one fails, and answers what each answered", async () => {
  const fails = afterOthers("cus_1", async () => {
    throw new Error("refused");
  });
  const follows = afterOthers("cus_1", async () => 7);
  await expect(fails).rejects.toThrow("refused");
  expect(await follows).toBe(7);
});

import { describe, expect, test } from "vitest";
import { faultPlan } from "./faults.ts";
import { randomFrom } from "./random.ts";

const sizes = [
  { workerKills: 5, webKills: 2, databaseStops: 1 },
  { workerKills: 50, webKills: 20, databaseStops: 5 },
  { workerKills: 0, webKills: 0, databaseStops: 3 },
  { workerKills: 2, webKills: 0, databaseStops: 4 },
];

describe.each(sizes)("a plan of %o", (faults) => {
  const plans = [1, 2, 3, 4].map((seed) => faultPlan(faults, randomFrom(seed)));
  const atOf = (plan: ReturnType<typeof faultPlan>, part: string) =>
    plan.filter((fault) => fault.part === part).map((fault) => fault.at);

  test("has each fault as often as asked, in order", () => {
    for (const plan of plans) {
      const { workerKills, webKills, databaseStops } = faults;
      const counts = ["worker", "server", "database"].map((part) => atOf(plan, part).length);
      expect(counts).toEqual([workerKills, webKills, databaseStops]);
      expect(plan.map((fault) => fault.at)).toEqual(plan.map((fault) => fault.at).toSorted((a, b) => a - b));
    }
  });

  test("leaves every process more than ten seconds to live, and the database's stops alone", () => {
    for (const plan of plans) {
      for (const part of ["worker", "server", "database"]) {
        // A stop is one of the deaths of web and worker too.
        const deaths = [...new Set([...atOf(plan, part), ...atOf(plan, "database")])].toSorted((a, b) => a - b);
        for (const [i, at] of deaths.entries()) if (i > 0) expect(at - (deaths[i - 1] ?? 0)).toBeGreaterThan(10_000);
      }
    }
  });

  test("stops the database between kills, not after all of them", () => {
    const { workerKills, webKills, databaseStops } = faults;
    if (workerKills + webKills <= databaseStops) return;
    for (const plan of plans) expect(plan.at(-1)?.part).not.toBe("database");
  });
});

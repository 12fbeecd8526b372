import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readStories, referenceDir } from "./recordings.ts";
import { type Replayed, replay } from "./replay.ts";
import { explained, reportOf } from "./report.ts";

const folder = fileURLToPath(new URL("../../test-results", import.meta.url));

describe.skipIf(referenceDir === undefined)("the provider's recorded answers (set STRIPE_REFERENCE_DIR to run)", () => {
  it("are given again, field by field; every difference is explained", async () => {
    const replayed: Replayed[] = [];
    for (const story of readStories(referenceDir ?? "")) replayed.push(...(await replay(story)));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "sandbox-replay.md"), reportOf(replayed));
    const unexplained = replayed.flatMap(({ differences, recorded }) =>
      differences
        .filter((one) => explained(one) === undefined)
        .map(
          (one) =>
            `${one.where}: ${one.recorded} → ${one.here} (${recorded.cassette} ${recorded.method} ${recorded.path.slice(0, 40)})`,
        ),
    );
    expect([...new Set(unexplained)].sort()).toEqual([]);
    expect(replayed.length).toBeGreaterThanOrEqual(66);
    expect(replayed.reduce((sum, one) => sum + one.matches, 0)).toBeGreaterThan(3_000);
  });
});

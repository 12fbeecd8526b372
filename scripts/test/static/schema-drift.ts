import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root, runProgram } from "../run-program.ts";
import type { Outcome } from "./checks.ts";

/** Whether the migrations make what the schema files say: generating another one must find nothing to do. */
export async function checkSchemaDrift(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-drift-"));
  try {
    const migrations = join(folder, "migrations");
    const config = join(folder, "drizzle.config.ts");
    const original = join(root, "drizzle.config.ts");
    if (existsSync(join(root, "drizzle/migrations")))
      cpSync(join(root, "drizzle/migrations"), migrations, { recursive: true });
    writeFileSync(
      config,
      `import original from ${JSON.stringify(original)};\nexport default { ...original, out: ${JSON.stringify(relative(root, migrations))} };\n`,
    );
    const { code, output } = await runProgram("drizzle-kit", ["generate", "--config", config]);
    const ok = code === 0 && output.includes("No schema changes");
    return {
      ok,
      output: `${output}\nThe schema says something that no migration does: npm run db:generate -- --name what_it_does`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

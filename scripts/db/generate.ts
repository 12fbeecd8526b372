// npm run db:generate -- --name add_dunning_attempts [--custom]
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../run/failure.ts";
import { root, runProgram } from "../test/run-program.ts";
import { command } from "./command.ts";
import { risksOf } from "./risks.ts";

const folder = join(root, "drizzle", "migrations");
const migrations = () => readdirSync(folder).filter((file) => file.endsWith(".sql"));

await command(async () => {
  const parameters = process.argv.slice(2);
  const name = parameters[parameters.indexOf("--name") + 1];
  if (!parameters.includes("--name") || !name || !/^[a-z]+(_[a-z0-9]+)+$/.test(name)) {
    throw new StartError("Name what the migration is for: npm run db:generate -- --name add_dunning_attempts");
  }
  const before = new Set(migrations());
  await drizzleKit("generate", ...parameters);
  await drizzleKit("check");
  const added = migrations().filter((file) => !before.has(file));
  const [file] = added;
  if (!file) return "The migrations make what the schema says already.";
  const risks = risksOf(readFileSync(join(folder, file), "utf8"));
  return [
    `\ndrizzle/migrations/${file} is yours to read and edit before anybody runs it.`,
    ...risks.map((risk) => `  ! ${risk}`),
    "A new table needs row-level security, policies and grants in a migration of their own (--custom); a test fails without them.",
  ].join("\n");
});

async function drizzleKit(...parameters: string[]): Promise<void> {
  const { code, output } = await runProgram("drizzle-kit", parameters);
  if (code !== 0) throw new StartError(`drizzle-kit ${parameters.join(" ")} failed:\n${output}`);
}

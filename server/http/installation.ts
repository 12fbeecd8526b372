import { readFileSync } from "node:fs";
import type { Config } from "../kernel/config.ts";
import { projectFile } from "../kernel/project-file.ts";
import { migrationCount } from "./migration-count.ts";

/** What this process is, for the settings page. Holds no secret. */
export type Installation = {
  readonly product: string;
  readonly node: string;
  readonly knownMigrations: number;
};

const known = new WeakMap<Config, Installation>();

/** Read once per process: none of it changes while it runs. */
export function installationOf(config: Config): Installation {
  let found = known.get(config);
  if (!found) {
    const manifest = JSON.parse(readFileSync(projectFile("package.json"), "utf8")) as { version: string };
    found = {
      product: manifest.version,
      node: process.versions.node,
      knownMigrations: migrationCount(),
    };
    known.set(config, found);
  }
  return found;
}

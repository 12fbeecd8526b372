import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** PostgreSQL reads no setting of the person who starts it. */
export const postgresEnvironment = { ...process.env, LC_ALL: "C", LC_MESSAGES: "C", PGDATA: "", TZ: "UTC" };

/**
 * Makes the data folder when it is not there. Built beside its place and renamed, so that an interrupted first run
 * leaves nothing that looks like a database.
 */
export async function createCluster(
  dir: string,
  password: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  if (existsSync(join(dir, "PG_VERSION"))) {
    belongTo(dir, account);
    return;
  }
  const building = `${dir}.building`;
  const passwordFile = `${dir}.password`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.owner) {
    chownSync(building, account.owner.uid, account.owner.gid);
    chownSync(passwordFile, account.owner.uid, account.owner.gid);
  }
  try {
    await run(account, [
      ...[binaries.initdb, "-D", building, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`],
      ...["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
      ...["--no-sync", "--no-instructions"],
    ]);
    rmSync(dir, { recursive: true, force: true });
    renameSync(building, dir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** After a move, or after a user named postgres came to the system, the files may belong to someone else than before. */
function belongTo(dir: string, account: Account): void {
  if (!account.owner || statSync(dir).uid === account.owner.uid) return;
  const { uid, gid } = account.owner;
  chownSync(dir, uid, gid);
  for (const entry of readdirSync(dir, { recursive: true, encoding: "utf8" })) chownSync(join(dir, entry), uid, gid);
}

async function run(account: Account, initdb: string[]): Promise<void> {
  const [command = "", ...rest] = [...account.prefix, ...initdb];
  const child = spawn(command, rest, { ...account.ids, cwd: "/", env: postgresEnvironment });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`initdb failed:\n${output}`);
}

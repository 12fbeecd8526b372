import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort, isPortFree } from "../process/ports.ts";
import { chooseAccount } from "./account.ts";
import { postgresBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { launchPostmaster, type Postmaster, readPidFile } from "./postmaster.ts";

export type RunningPostgres = Postmaster & { port: number; adminUrl: string };

type Options = {
  /** Where the data lives; made when missing. */
  dir: string;
  /** Password of the superuser, set when the data folder is made. */
  adminPassword: string;
  logFile: string;
  /** Server settings, `name=value`. */
  flags?: string[];
};

/**
 * Starts the bundled PostgreSQL on loopback, tied to the life of this process: when this process ends, however it ends,
 * the server shuts down. One that a killed parent left behind is stopped first. The port is chosen once and kept beside
 * the data while it is free. Throws with the end of the server's log when it cannot start.
 */
export async function startPostgres({ dir, adminPassword, logFile, flags = [] }: Options): Promise<RunningPostgres> {
  const binaries = await postgresBinaries();
  mkdirSync(dirname(dir), { recursive: true });
  const account = chooseAccount(binaries.postgres, dirname(dir));
  await createCluster(dir, adminPassword, binaries, account);
  const port = await rememberedPort(dir);
  const postmaster = await launchPostmaster({ dir, port, logFile, flags, binaries, account });
  return { ...postmaster, port, adminUrl: adminUrl(port, adminPassword) };
}

/** The port of the server that runs on this data folder under another process of ours; null when none does. */
export function runningPort(dir: string): number | null {
  const running = readPidFile(dir);
  return running?.ready ? running.port : null;
}

async function rememberedPort(dir: string): Promise<number> {
  const file = join(dirname(dir), "postgres.port");
  const left = readPidFile(dir);
  let port = 0;
  try {
    port = Number(readFileSync(file, "utf8"));
  } catch {
    // First start.
  }
  if (port > 0 && (left?.port === port || (await isPortFree(port)))) return port;
  port = await freePort();
  writeFileSync(file, `${port}\n`);
  return port;
}

function adminUrl(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

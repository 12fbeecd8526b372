import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../drizzle/migrate.ts";
import { applyRoles, roleUrls } from "../postgres/roles.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { type LivedYear, liveYear } from "./live-year.ts";
import { openMachine } from "./machine.ts";

export type TimeMachineSize = { readonly size: number; readonly days: number; readonly seed: number };

const passwords = { owner: "machine", service: "machine", member: "machine" };

/** Next New Year's Day, in the early morning: all runs of one calendar year begin at the same instant. */
export function yearStart(today = new Date()): Date {
  return new Date(Date.UTC(today.getUTCFullYear() + 1, 0, 1, 4, 5));
}

/** Lives a year of so many memberships in a shop made for it, with a database of its own as a new shop would have it. */
export async function liveInOwnShop(of: TimeMachineSize, say: (line: string) => void): Promise<LivedYear> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-time-machine-"));
  const server = await startPostgres({
    dir: join(folder, "postgres"),
    adminPassword: "machine",
    logFile: join(folder, "postgres.log"),
  });
  try {
    await applyRoles(server.adminUrl, "shop", passwords);
    const urls = roleUrls(new URL(server.adminUrl).host, "shop", passwords);
    await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
    const startsAt = yearStart();
    const machine = await openMachine({ urls, startsAt, seed: of.seed, sandboxFolder: join(folder, "sandbox") });
    try {
      return await liveYear(machine, { ...of, startsAt }, say);
    } finally {
      await machine.close();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../drizzle/migrate.ts";
import { build } from "../build.ts";
import { applyRoles, asAdmin, roleUrls } from "../postgres/roles.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { compileFirst } from "./compile-first.ts";
import { removeLeftBehind } from "./left-behind.ts";

/** `folder`: of this run alone, and gone with it. */
export type TestServer = { adminUrl: string; template: string; folder: string };

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const template = "kraftverk_template";
const password = "test";
export const rolePasswords = { owner: password, service: password, member: password };

// Nothing here has to survive a power cut.
const flags = [
  ...["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"],
  ...["file_copy_method=clone", "autovacuum=off", "max_wal_size=512MB", "wal_level=minimal", "max_wal_senders=0"],
  // Thousands of connections, each of whose passwords would be stretched 4,096 times to be looked at.
  "scram_iterations=1",
  // Most statements of a test run a few times on a connection: five plans for their values and a sixth for any were half of all plans.
  "plan_cache_mode=force_generic_plan",
];

const PREFIX = "kraftverk-test-";
/** What a run's databases take at most, with their log. */
const ROOM_BYTES = 3 * 1024 ** 3;

/**
 * A folder in memory where there is room for all of it: a database is a thousand files, and a file system on a disk spends
 * a tenth of the whole run on making and removing them.
 */
function fastFolder(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize > ROOM_BYTES && freemem() > 2 * ROOM_BYTES) return "/dev/shm";
  } catch {
    // Not on this system.
  }
  return tmpdir();
}

/**
 * Starts one PostgreSQL for the whole run and migrates a template database once; test files get clones of it. A run within
 * another says where that one has its own (`KRAFTVERK_TEST_SERVER`).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.KRAFTVERK_TEST_SERVER;
  if (running) {
    project.provide("testServer", JSON.parse(running) as TestServer);
    return async () => {};
  }
  // Mails are written with the templates as they are built; `npm test` has built them.
  await build(true);
  await compileFirst();
  for (const place of existsSync("/dev/shm") ? ["/dev/shm", tmpdir()] : [tmpdir()]) removeLeftBehind(place, PREFIX);
  const folder = mkdtempSync(join(fastFolder(), PREFIX));
  const rules = join(folder, "rules.conf");
  // Thousands of connections, each of which says its password: to prove it in four messages is a tenth of what it takes to connect.
  writeFileSync(rules, "host all all 127.0.0.1/32 password\n");
  const server = await startPostgres({
    dir: join(folder, "postgres"),
    adminPassword: password,
    logFile: join(folder, "postgres.log"),
    flags: [...flags, `hba_file=${rules}`],
  });
  const teardown = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.adminUrl);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("testServer", { adminUrl: server.adminUrl, template, folder });
  return teardown;
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await applyRoles(adminUrl, template, rolePasswords);
  const urls = roleUrls(new URL(adminUrl).host, template, rolePasswords);
  await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
  // A database with a connection to it cannot be copied.
  await asAdmin(adminUrl, (admin) =>
    admin.unsafe(`alter database ${template} with is_template true allow_connections false`),
  );
}

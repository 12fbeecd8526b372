import { join } from "node:path";
import { applyRoles, type RoleUrls, roleUrls } from "../postgres/roles.ts";
import { type RunningPostgres, startPostgres } from "../postgres/start-postgres.ts";
import { StartError } from "./failure.ts";
import type { Setup } from "./setup.ts";

const database = "kraftverk";

/** Starts the bundled PostgreSQL of a data folder and makes sure that roles and database are there. */
export async function startBundled({ dataDir, secrets }: Pick<Setup, "dataDir" | "secrets">): Promise<RunningPostgres> {
  const server = await startPostgres({
    dir: join(dataDir, "postgres"),
    adminPassword: secrets.database.admin,
    logFile: join(dataDir, "logs", "postgres.log"),
  });
  try {
    await applyRoles(server.adminUrl, database, secrets.database);
    return server;
  } catch (error) {
    await server.stop();
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new StartError(
      `The database in ${join(dataDir, "postgres")} does not take the password in ${join(dataDir, "secrets.json")}.\n` +
        "They were made together: put back the one that was replaced, or delete both folder and file to begin anew.",
    );
  }
}

/** Connection strings for the bundled PostgreSQL on a port. */
export function bundledUrls(port: number, secrets: Setup["secrets"]): RoleUrls {
  return roleUrls(`127.0.0.1:${port}`, database, secrets.database);
}

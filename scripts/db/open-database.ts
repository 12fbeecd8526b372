import { join } from "node:path";
import type { RoleUrls } from "../postgres/roles.ts";
import { runningPort } from "../postgres/start-postgres.ts";
import { claimDataDir, currentRun } from "../run/claim.ts";
import { bundledUrls, startBundled } from "../run/database.ts";
import { StartError } from "../run/failure.ts";
import { loadSecrets } from "../run/secrets.ts";
import { dataDirOf, ownDatabase } from "../run/setup.ts";

/**
 * Does one piece of work on the shop's database: the operator's own, the bundled one of a running shop, or the bundled one
 * started for as long as it takes.
 */
export async function withDatabase<T>(work: (urls: RoleUrls) => Promise<T>): Promise<T> {
  const own = ownDatabase(process.env);
  if (own) return work(own);
  const dataDir = dataDirOf(process.env);
  const secrets = loadSecrets(dataDir);
  if (currentRun(dataDir)) {
    const port = runningPort(join(dataDir, "postgres"));
    if (!port) throw new StartError("The shop of this folder is just starting or stopping; try again in a moment.");
    return work(bundledUrls(port, secrets));
  }
  const claim = await claimDataDir(dataDir, { startedAt: new Date().toISOString(), baseUrl: "(a database command)" });
  try {
    const server = await startBundled({ dataDir, secrets });
    try {
      return await work(bundledUrls(server.port, secrets));
    } finally {
      await server.stop();
    }
  } finally {
    claim.release();
  }
}

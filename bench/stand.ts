import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { migrate } from "../drizzle/migrate.ts";
import { seedDemo } from "../drizzle/seed/demo.ts";
import { build } from "../scripts/build.ts";
import { applyRoles, asAdmin, databaseUrl, roleUrls } from "../scripts/postgres/roles.ts";
import { startPostgres } from "../scripts/postgres/start-postgres.ts";
import { productEnv } from "../scripts/test/product.ts";
import { prepareBaselines } from "./baselines.ts";

/** Everything that is measured: a database with its default durability, the shop in it, and a provider that answers at once. */
export type Stand = {
  /** The shop's database as its administrator: prepares, empties and counts. The product itself never sees it. */
  readonly admin: postgres.Sql;
  readonly baselineUrl: string;
  readonly env: Record<string, string>;
  readonly postgresVersion: string;
  close(): Promise<void>;
};

const passwords = { owner: "bench", service: "bench", member: "bench" };

/** Builds what is not built, starts PostgreSQL as a new shop would have it, and fills the shop. */
export async function openStand(): Promise<Stand> {
  await build();
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-bench-"));
  // When a row was committed is what "until its effect is there" is measured by.
  const flags = ["track_commit_timestamp=on", "max_connections=200"];
  const server = await startPostgres({
    dir: join(folder, "postgres"),
    adminPassword: "bench",
    logFile: join(folder, "postgres.log"),
    flags,
  });
  await applyRoles(server.adminUrl, "shop", passwords);
  const urls = roleUrls(new URL(server.adminUrl).host, "shop", passwords);
  await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
  await seedDemo({ serviceUrl: urls.service });
  await asAdmin(server.adminUrl, (admin) => admin.unsafe("create database baselines"));
  const baselineUrl = databaseUrl(server.adminUrl, "baselines");
  await prepareBaselines(baselineUrl);
  const admin = postgres(databaseUrl(server.adminUrl, "shop"), { max: 4, onnotice: () => {} });
  const [version] = await admin<{ server_version: string }[]>`show server_version`;
  const provider = await startProvider();
  return {
    admin,
    baselineUrl,
    env: productEnv(urls, { STRIPE_API_BASE: `http://127.0.0.1:${provider.port}` }),
    postgresVersion: version?.server_version ?? "unknown",
    async close() {
      await admin.end({ timeout: 1 });
      provider.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stands in for the payment provider: any price is there, on sale, and answered at once. */
async function startProvider(): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const id = /^\/v1\/prices\/([^?]+)/.exec(request.url ?? "")?.[1] ?? "price_0";
    const product = { id: "prod_bench", object: "product", active: true, name: "Bench" };
    const price = {
      id,
      object: "price",
      active: true,
      billing_scheme: "per_unit",
      currency: "sek",
      unit_amount: 9_900,
      recurring: null,
      product,
      livemode: false,
    };
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(price));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => void server.close().closeAllConnections() };
}

/** The bare server that everything over HTTP is a share of. */
export async function startPlain(): Promise<{ port: number; end(): void }> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.resolve("./plain-server.ts"))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("the plain server has no standard output");
  for await (const line of createInterface({ input: child.stdout })) {
    return { port: (JSON.parse(line) as { port: number }).port, end: () => void child.kill() };
  }
  throw new Error("the plain server did not start");
}

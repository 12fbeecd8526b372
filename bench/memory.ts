import { execFileSync } from "node:child_process";
import type postgres from "postgres";
import { measureEffects } from "./effects.ts";
import { constantRate } from "./http-load.ts";
import { storefrontRequest } from "./pages.ts";

const SECONDS = 60;
const SHARE = 0.7;

/** Resident megabytes of web and worker after a minute at 70 % of what they were measured to take. */
export async function measureMemory(
  admin: postgres.Sql,
  of: { port: number; web: number; worker: number; pages: number; events: number },
): Promise<{ web: number; worker: number }> {
  const perSecond = of.pages * SHARE * 0.5;
  const requests = Array.from({ length: Math.ceil(perSecond * SECONDS) }, (_, index) =>
    storefrontRequest("each", index),
  );
  await Promise.all([
    constantRate({ port: of.port, perSecond, requests }),
    measureEffects(admin, of.port, { perSecond: of.events * SHARE * 0.5, seconds: SECONDS }),
  ]);
  return { web: residentMegabytes(of.web), worker: residentMegabytes(of.worker) };
}

function residentMegabytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

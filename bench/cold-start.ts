import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../scripts/process/ports.ts";
import { startProduct } from "../scripts/test/product.ts";

/** Seconds from starting the process to its first answer with 200: a page of web, the worker's readiness. */
export async function measureColdStart(kind: "web" | "worker", env: Record<string, string>): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const starting = startProduct(kind, { ...env, PORT: String(port), WORKER_PORT: String(port) }, "bundle");
  const address = `http://127.0.0.1:${port}${kind === "web" ? "/" : "/readyz"}`;
  let answered = false;
  while (!answered) {
    answered = await fetch(address).then(
      async (response) => {
        await response.text();
        return response.status === 200;
      },
      () => false,
    );
    if (!answered) await pause(2);
    if (performance.now() - began > 60_000) throw new Error(`${kind} did not answer within a minute`);
  }
  const seconds = (performance.now() - began) / 1000;
  await (await starting).end("SIGTERM");
  return seconds;
}

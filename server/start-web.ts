import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { ViteDevServer } from "vite";
import { createApp } from "./http/app.ts";
import { endpoints } from "./http/endpoints.ts";
import { HTTP_LIMITS } from "./http/http-limits.ts";
import { migrationCount } from "./http/migration-count.ts";
import { ownTexts } from "./http/own-texts.ts";
import { programDoor } from "./http/program-door.ts";
import { webhookDoor } from "./http/webhook-door.ts";
import { sendWhole } from "./http/whole-answer.ts";
import { ConfigError, loadConfigToStart } from "./kernel/config.ts";
import { createRuntime } from "./wire.ts";

/** The pages that Remix answers: built ones, or those that Vite compiles on request. */
export type Pages = { readonly build: ServerBuild } | { readonly vite: ViteDevServer };

/**
 * Runs the web process: Hono in front (assets, health, webhooks, tRPC), Remix behind. Ends the process with what is wrong
 * when it cannot start.
 */
export async function startWeb(load: () => Promise<Pages>): Promise<void> {
  try {
    await start(load);
  } catch (error) {
    const words = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${words}\n`);
    process.exit(1);
  }
}

async function start(load: () => Promise<Pages>): Promise<void> {
  const config = await loadConfigToStart(process.env, migrationCount());
  // Texts that cannot be read are told before anybody asks for them.
  ownTexts(config);
  const runtime = createRuntime(config, { process: "web" });
  let draining = false;

  const pages = await load();
  const vite = "vite" in pages ? pages.vite : null;
  const development = vite !== null;
  const build =
    "vite" in pages
      ? () => pages.vite.ssrLoadModule("virtual:remix/server-build") as unknown as Promise<ServerBuild>
      : pages.build;
  const handleRemix = createRequestHandler(build, development ? "development" : "production");
  const { inbox, routes, close } = await endpoints(runtime);
  const app = createApp({
    runtime,
    remix: (request, context) => handleRemix(request, context),
    webhooks: inbox,
    endpoints: routes,
    migrations: migrationCount(),
    development,
    draining: () => draining,
  });

  const listener = getRequestListener(
    async (request, env) => sendWhole(await app.fetch(request, env), env.outgoing as ServerResponse),
    { overrideGlobalObjects: false },
  );
  const answer = (request: IncomingMessage, response: ServerResponse) => void listener(request, response);
  const pagesAndEndpoints = vite
    ? (request: IncomingMessage, response: ServerResponse) =>
        vite.middlewares(request, response, () => answer(request, response))
    : answer;
  const server = createServer(HTTP_LIMITS, webhookDoor(runtime, inbox, programDoor(runtime, pagesAndEndpoints)));
  server.on("error", (error) => {
    runtime.log.fatal({ err: error, port: config.PORT }, "cannot listen");
    process.exit(1);
  });
  server.listen(config.PORT, () => {
    const address = server.address();
    runtime.log.info(
      { port: typeof address === "object" ? address?.port : config.PORT, profile: config.profile },
      "web is listening",
    );
  });

  const stop = async (signal: string) => {
    if (draining) return;
    draining = true;
    runtime.log.info({ signal }, "web stops");
    setTimeout(() => process.exit(1), 10_000).unref();
    server.closeIdleConnections();
    await new Promise((resolve) => {
      server.close(resolve);
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
    });
    await close();
    await vite?.close();
    await runtime.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
  if (process.env.KRAFTVERK_EXIT_ON_STDIN_END === "1")
    process.stdin.on("end", () => void stop("stdin closed")).resume();
}

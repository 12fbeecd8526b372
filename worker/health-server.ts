import { createServer, type Server } from "node:http";
import { cameThroughProxy } from "../server/http/client-address.ts";
import { answerHealth } from "../server/http/health.ts";
import type { Runtime } from "../server/wire.ts";

/**
 * Answers `/healthz`, `/readyz` and `/metrics` of a worker. On node:http alone: what an edge is made of (fetch and all that
 * comes with it) would be a tenth of a worker's start.
 */
export function healthServer(runtime: Runtime, options: { migrations: number; draining(): boolean }): Server {
  return createServer(async (request, response) => {
    const { headers, method, socket } = request;
    const answers = method === "GET" || method === "HEAD";
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    try {
      const answer = answers
        ? await answerHealth(runtime, options, {
            path,
            authorization: headers.authorization ?? null,
            address: socket.remoteAddress ?? "",
            forwarded: cameThroughProxy(Object.keys(headers)),
          })
        : null;
      const { status, type, body } = answer ?? { status: 404, type: "text/plain", body: "Not Found" };
      response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
      response.end(method === "HEAD" ? undefined : body);
    } catch (error) {
      runtime.log.error({ err: error, path }, "could not say how the worker is");
      response.writeHead(500).end();
    }
  });
}

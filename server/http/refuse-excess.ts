import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_BODY, overloaded } from "../webhooks/index.ts";
import type { Runtime } from "../wire.ts";

/**
 * Refuses a notification at the least cost: unread, with 503 and Retry-After. How many were refused is logged once a second,
 * not once for each.
 */
export function refuseExcess(
  { log, metrics }: Pick<Runtime, "log" | "metrics">,
  headers: Readonly<Record<string, string>>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { body } = overloaded();
  const kept = { ...headers, "Content-Length": body.length };
  const closed = { ...kept, Connection: "close" };
  const counted = metrics.webhookEvents.labels({ type: "unread", outcome: "refused" });
  let refused = 0;
  return (request, response) => {
    counted.inc();
    refused += 1;
    if (refused === 1) {
      setTimeout(() => {
        log.warn({ refused }, "more webhooks came at once than can be taken in");
        refused = 0;
      }, 1_000).unref();
    }
    // A body of stated and bearable length is read and thrown away, so that the connection can be used again.
    const bearable = Number(request.headers["content-length"] ?? Number.NaN) <= MAX_BODY;
    response.writeHead(503, bearable ? kept : closed);
    response.end(body, "latin1");
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { withRequestId } from "../kernel/log.ts";
import type { Providers } from "../ports.ts";
import { type Inbox, type InboxAnswer, MAX_BODY, tooLarge } from "../webhooks/index.ts";
import type { Runtime } from "../wire.ts";
import { addressBlock, clientAddress } from "./client-address.ts";
import { countRefused } from "./refused-notifications.ts";
import { requestIdFrom } from "./request-context.ts";
import { staticSecurityHeaders } from "./security-headers.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The address that providers are told. The Remix route of the same address answers what does not come by the door. */
const PATH = "/api/webhooks/stripe";

/**
 * Answers notifications before anything else, on Node's own request: the platform's Request, Headers and Response and the
 * edge's work around them cost more than storing the event (docs/decisions/0005). Everything else goes on to `next`.
 */
export function webhookDoor(
  runtime: Pick<Runtime, "config" | "log" | "metrics"> & { readonly providers: Pick<Providers, "callLimits"> },
  inbox: Inbox,
  next: Listener,
): Listener {
  const fixed = staticSecurityHeaders(runtime.config);
  const seconds = (status: number) =>
    runtime.metrics.httpSeconds.labels({ route: "/api/webhooks", status: String(status) });
  const stored = seconds(200);
  const counting = { callLimits: runtime.providers.callLimits, log: runtime.log };
  const addressOf = ({ socket, headers }: IncomingMessage) => {
    const forwarded = headers["x-forwarded-for"];
    const seen = clientAddress(socket.remoteAddress ?? "", String(forwarded ?? ""), runtime.config.TRUST_PROXY);
    return addressBlock(seen);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse, requestId: string) => {
    const started = performance.now();
    const { status, body, headers } = await countRefused(await receive(inbox, request), counting, addressOf(request));
    (status === 200 ? stored : seconds(status)).observe((performance.now() - started) / 1000);
    response.writeHead(status, {
      ...fixed,
      ...headers,
      "Content-Length": Buffer.byteLength(body),
      "X-Request-Id": requestId,
      // What was not read of a body would be taken for the next request.
      ...(request.complete ? {} : { Connection: "close" }),
    });
    response.end(body);
  };

  return (request, response) => {
    if (request.method !== "POST" || !isPath(request.url)) return next(request, response);
    const requestId = requestIdFrom(request.headers["x-request-id"]);
    withRequestId(requestId, () => answer(request, response, requestId)).catch((error: unknown) => {
      runtime.log.warn({ err: error, requestId }, "a sender went away while it was sending");
      response.destroy();
    });
  };
}

function isPath(url: string | undefined): boolean {
  return url === PATH || url?.startsWith(`${PATH}?`) === true;
}

async function receive(inbox: Inbox, request: IncomingMessage): Promise<InboxAnswer> {
  const body = await boundedBody(request);
  if (body === null) return tooLarge();
  const { headers } = request;
  return inbox.receive("stripe", body, {
    get: (name) => {
      const value = headers[name];
      return value === undefined ? null : String(value);
    },
  });
}

/** The raw bytes; null as soon as there are more than a notification may have, whatever the sender says of its length. */
async function boundedBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) return null;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("The connection ended before the body did.")));
  });
}

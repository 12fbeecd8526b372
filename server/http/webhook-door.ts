import type { IncomingMessage, ServerResponse } from "node:http";
import { withRequestId } from "../kernel/log.ts";
import type { Providers } from "../ports.ts";
import { aliasAnswer, type Inbox, type InboxAnswer, MAX_BODY, overloaded, tooLarge } from "../webhooks/index.ts";
import type { Runtime } from "../wire.ts";
import { socketCaller } from "./client-address.ts";
import { rawBody } from "./raw-body.ts";
import { refuseExcess } from "./refuse-excess.ts";
import { countRefused } from "./refused-notifications.ts";
import { requestIdFrom } from "./request-context.ts";
import { staticSecurityHeaders } from "./security-headers.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The address that providers are told. The Remix route of the same address answers what does not come by the door. */
const PATH = "/api/webhooks/stripe";
/** The same door by another name and with another answer: what programs of the credits' first days know. */
const ALIAS = "/stripe-webhook";

/**
 * Notifications that may be under way at once. More wait longer than they gain, and take the processor from those that are
 * nearly stored.
 */
const MOST_UNDER_WAY = 500;

/**
 * Answers notifications before anything else, on Node's own request: the platform's Request, Headers and Response and the
 * edge's work around them cost more than storing the event (docs/decisions/0010). What comes while too much is under way
 * is refused with 503 and Retry-After before its body is read or its signature checked. Everything else goes on to `next`.
 */
export function webhookDoor(
  runtime: Pick<Runtime, "config" | "log" | "metrics"> & { readonly providers: Pick<Providers, "callLimits"> },
  inbox: Inbox,
  next: Listener,
  mostUnderWay = MOST_UNDER_WAY,
): Listener {
  const fixed = staticSecurityHeaders(runtime.config);
  const seconds = (status: number) =>
    runtime.metrics.httpSeconds.labels({ route: "/api/webhooks", status: String(status) });
  const stored = seconds(200);
  const refuse = refuseExcess(runtime, { ...fixed, ...overloaded().headers });
  let underWay = 0;
  const counting = { callLimits: runtime.providers.callLimits, log: runtime.log };
  const addressOf = (request: IncomingMessage) => socketCaller(request, runtime.config);

  const answer = async (request: IncomingMessage, response: ServerResponse, requestId: string) => {
    const started = performance.now();
    const received = await receive(inbox, request);
    const { status, body, headers } =
      received.status !== 200
        ? await countRefused(received, counting, addressOf(request))
        : isPath(PATH, request.url)
          ? received
          : aliasAnswer(received);
    (status === 200 ? stored : seconds(status)).observe((performance.now() - started) / 1000);
    response.writeHead(status, {
      ...fixed,
      ...headers,
      "Content-Length": body.length,
      "X-Request-Id": requestId,
      // What was not read of a body would be taken for the next request.
      ...(request.complete ? {} : { Connection: "close" }),
    });
    // Our answers are ASCII, which is written without being encoded.
    response.end(body, "latin1");
  };

  return (request, response) => {
    if (request.method !== "POST" || !(isPath(PATH, request.url) || isPath(ALIAS, request.url)))
      return next(request, response);
    if (underWay >= mostUnderWay) return refuse(request, response);
    underWay += 1;
    const requestId = requestIdFrom(request.headers["x-request-id"]);
    withRequestId(requestId, () => answer(request, response, requestId))
      .catch((error: unknown) => {
        runtime.log.warn({ err: error, requestId }, "a sender went away while it was sending");
        response.destroy();
      })
      .finally(() => {
        underWay -= 1;
      });
  };
}

function isPath(path: string, url: string | undefined): boolean {
  return url === path || url?.startsWith(`${path}?`) === true;
}

async function receive(inbox: Inbox, request: IncomingMessage): Promise<InboxAnswer> {
  const body = await rawBody(request, MAX_BODY);
  if (body === null) return tooLarge();
  const { headers } = request;
  return inbox.receive("stripe", body, {
    get: (name) => {
      const value = headers[name];
      return value === undefined ? null : String(value);
    },
  });
}

import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { CallFault, Faults } from "../../control/faults.ts";
import { newId } from "../../ids.ts";
import type { World } from "../world.ts";
import { errorAnswer, notSimulated } from "./errors.ts";
import { type ApiAnswer, handle } from "./handle.ts";
import { keyInUse } from "./idempotency.ts";
import type { RequestLog } from "./request-log.ts";

type Env = { Bindings: HttpBindings };
const longestHang = 120_000;

/** Leaves the caller without an answer: closed at once, or only after a long silence. Ends when the connection has. */
async function leaveUnanswered(c: Context<Env>, kind: "timeout" | "reset"): Promise<Response> {
  const { socket } = c.env.incoming;
  const closed = new Promise((resolve) => socket.once("close", resolve));
  if (kind === "reset") socket.resetAndDestroy();
  const timer = setTimeout(() => socket.destroy(), longestHang);
  await closed;
  clearTimeout(timer);
  // Goes nowhere: there is nobody left to read it.
  return c.body(null);
}

function failed(status: number): ApiAnswer {
  const requestId = newId("req");
  const body = JSON.stringify(
    errorAnswer(
      { type: "api_error", message: "An unexpected error occurred (a fault set in the sandbox)." },
      requestId,
    ),
  );
  return {
    status,
    body,
    requestId,
    replayed: false,
    error: "fault",
    headers: { "Content-Type": "application/json", "Request-Id": requestId },
  };
}

/** More calls than the second takes: nothing was done. */
function tooMany(): ApiAnswer {
  const message = "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.";
  const answer = failed(429);
  const error = errorAnswer({ type: "invalid_request_error", code: "rate_limit", message }, answer.requestId);
  const headers = { ...answer.headers, "Stripe-Rate-Limited-Reason": "global-rate" };
  return { ...answer, body: JSON.stringify(error), error: message, headers };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Refuses a body of more bytes than that; the body itself is looked at only where nothing tells how long it is. */
function bodyUpTo(maxSize: number): MiddlewareHandler {
  const looks = bodyLimit({ maxSize });
  return (c, next) => {
    // Of other calls no body is read.
    if (c.req.method !== "POST") return next();
    const length = Number(c.req.header("content-length") ?? Number.NaN);
    return length <= maxSize && c.req.header("transfer-encoding") === undefined ? next() : looks(c, next);
  };
}

/** The provider's API under `/v1`, with the faults that are set for it. */
export function apiServer(world: World, faults: Faults, log: RequestLog): Hono<Env> {
  const app = new Hono<Env>();
  const inProgress = new Set<string>();

  app.use("/v1/*", bodyUpTo(1_000_000));
  // Newer parts of the provider live under /v2; nothing of them is simulated, and the answer says so.
  app.all("/v2/*", (c) => {
    const requestId = newId("req");
    const fault = notSimulated(`${c.req.method} ${c.req.path}`);
    return c.json(errorAnswer(fault.body, requestId), 501, { "Request-Id": requestId, "Stripe-Should-Retry": "false" });
  });
  app.all("/v1/*", async (c) => {
    const started = performance.now();
    const { method } = c.req;
    const url = new URL(c.req.url);
    const key = c.req.header("idempotency-key");
    const body = method === "POST" ? await c.req.text() : "";
    const record = (answer: ApiAnswer) => {
      log.add({
        id: answer.requestId,
        at: world.clock.now(),
        method,
        path: url.pathname,
        status: answer.status,
        idempotencyKey: key ?? null,
        replayed: answer.replayed,
        error: answer.error,
        milliseconds: performance.now() - started,
      });
    };
    const send = (answer: ApiAnswer) => {
      record(answer);
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    };
    const run = () =>
      handle(world, {
        method,
        path: url.pathname,
        query: url.search.slice(1),
        body,
        authorization: c.req.header("authorization"),
        idempotencyKey: key,
      });
    if (key !== undefined && inProgress.has(key)) {
      const fault = keyInUse(key);
      const requestId = newId("req");
      return send({
        ...failed(409),
        requestId,
        body: JSON.stringify(errorAnswer(fault.body, requestId)),
        error: fault.message,
      });
    }
    if (!world.rateLimit.admits()) return send(tooMany());
    const fault = faults.takeCallFault(method, url.pathname);
    if (!fault) return send(run());
    return befall(c, fault, { run, send, key, inProgress });
  });
  return app;
}

interface Faulted {
  run: () => ApiAnswer;
  send: (answer: ApiAnswer) => Response;
  key: string | undefined;
  inProgress: Set<string>;
}

async function befall(c: Context<Env>, fault: CallFault, { run, send, key, inProgress }: Faulted): Promise<Response> {
  if (fault.kind === "delay") {
    if (key !== undefined) inProgress.add(key);
    try {
      if (fault.when === "before") await pause(fault.delayMs);
      const answer = run();
      if (fault.when === "after") await pause(fault.delayMs);
      return send(answer);
    } finally {
      if (key !== undefined) inProgress.delete(key);
    }
  }
  if (fault.when === "after") run();
  const broken = failed(fault.status);
  if (fault.kind === "error") return send(broken);
  send({ ...broken, status: 500, error: `fault: ${fault.kind} ${fault.when} the effect` });
  return leaveUnanswered(c, fault.kind);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  transformTRPCResponse,
} from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import superjson, { type SuperJSONResult } from "superjson";
import { bearerKey } from "../api-keys/index.ts";
import { withRequestId } from "../kernel/log.ts";
import { appRouter } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { socketCaller } from "./client-address.ts";
import { comeBackBody, secondsToWait } from "./come-back-later.ts";
import { keyState } from "./key-state.ts";
import { rawBody } from "./raw-body.ts";
import { requestIdFrom } from "./request-context.ts";
import { staticSecurityHeaders } from "./security-headers.ts";
import { awayAnswer, wasAway } from "./while-away.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type Call = {
  readonly key: string;
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly input: string | null;
};
type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

const PREFIX = "/api/trpc/";
/** As for every other call: see app.ts. */
const BODY_LIMIT = 1_000_000;
/** What answers data may lead a browser to: nothing. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;

/**
 * Answers one call of a program with an API key on Node's own request, as tRPC's own adapter behind the edge answers it: for
 * such a call the platform's Request, URL, Headers and abort signals cost more than everything that is done for it
 * (docs/decisions/0020). Whatever is not the plain case (several calls in one request, streams, other bodies than JSON of
 * a stated length, a procedure that is not there or asks for another method) goes on to `next`.
 */
export function programDoor(runtime: Runtime, next: Listener): Listener {
  const fixed = {
    ...staticSecurityHeaders(runtime.config),
    "Content-Security-Policy": POLICY,
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  };
  const seconds = (status: number) =>
    runtime.metrics.httpSeconds.labels({ route: "/api/trpc", status: String(status) });
  const answered200 = seconds(200);
  const counting = { callLimits: runtime.providers.callLimits, log: runtime.log };

  const answerTo = async (call: Call, request: IncomingMessage, requestId: string): Promise<Answer> => {
    const address = socketCaller(request, runtime.config);
    const wait = await counting.callLimits.secondsToWait("guesses", address);
    if (wait !== null) return comeBack(wait, { Connection: "close" });
    const body = call.type === "query" ? null : await rawBody(request, BODY_LIMIT);
    const answered = await answer(
      runtime,
      { ...call, input: body?.toString("utf8").replace(/^\uFEFF/, "") ?? call.input },
      request,
      {
        address,
        requestId,
      },
    );
    if (answered.status !== 401) return answered;
    await secondsToWait(counting, "guesses", address);
    const refused = await secondsToWait(counting, "refusals", address);
    return refused === null ? answered : comeBack(refused);
  };

  return (request, response) => {
    const call = plainCall(request);
    if (call === null) return next(request, response);
    const started = performance.now();
    const requestId = requestIdFrom(request.headers["x-request-id"]);
    const send = ({ status, body, headers }: Answer) => {
      (status === 200 ? answered200 : seconds(status)).observe((performance.now() - started) / 1000);
      const text = JSON.stringify(body);
      const length = Buffer.byteLength(text);
      response.writeHead(status, { ...fixed, ...headers, "Content-Length": length, "X-Request-Id": requestId });
      // As text it goes out in one piece with the headers.
      response.end(text);
    };
    withRequestId(requestId, () => answerTo(call, request, requestId))
      .catch((error: unknown): Answer => {
        if (wasAway(runtime, error, { requestId, path: PREFIX + call.path })) return awayAnswer(requestId);
        runtime.metrics.errors.inc({ kind: "bug" });
        runtime.log.error({ err: error, requestId, path: PREFIX + call.path }, "request failed");
        return { status: 500, body: { error: "Something went wrong on our side.", requestId } };
      })
      .then(send)
      .catch(() => response.destroy());
  };
}

/** The one call that a request makes; null where the request is not of the plain kind. */
function plainCall({ method, url = "", headers }: IncomingMessage): Call | null {
  if (!url.startsWith(PREFIX)) return null;
  const key = bearerKey(headers.authorization ?? null);
  if (key === null || headers["trpc-accept"] !== undefined || headers.accept?.includes("jsonl")) return null;
  const at = url.indexOf("?");
  const path = url.slice(PREFIX.length, at < 0 ? undefined : at);
  const type = Object.hasOwn(procedures, path) ? procedures[path]?._def.type : undefined;
  if (method === "POST" && type === "mutation") {
    const json = /^application\/json(?:;|$)/i.test(headers["content-type"] ?? "");
    const stated = headers["transfer-encoding"] === undefined && Number(headers["content-length"]) <= BODY_LIMIT;
    return json && stated && at < 0 ? { key, path, type, input: null } : null;
  }
  if (method !== "GET" || type !== "query" || headers["content-length"] !== undefined) return null;
  if (at < 0) return { key, path, type, input: null };
  const query = new URLSearchParams(url.slice(at));
  const input = query.get("input");
  return input !== null && query.size === 1 ? { key, path, type, input } : null;
}

async function answer(
  runtime: Runtime,
  { key, path, type, input }: Call,
  request: IncomingMessage,
  caller: { readonly address: string; readonly requestId: string },
): Promise<Answer> {
  const state = await keyState(runtime, key, request, caller);
  const config = appRouter._def._config;
  let given: unknown;
  try {
    const data = await callTRPCProcedure({
      router: appRouter,
      ...{ path, type, ctx: state.ctx, batchIndex: 0, signal: undefined },
      getRawInput: async () => (given ??= inputFrom(input)),
    });
    return { status: 200, body: transformTRPCResponse(config, { result: { data } }) };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config, error, input: given, path, type, ctx: state.ctx });
    const status = getHTTPStatusCodeFromError(error);
    const seconds = status === 429 || status === 503 ? state.retryAfterSeconds : null;
    return {
      status,
      body: transformTRPCResponse(config, { error: shape }),
      ...(seconds === null ? {} : { headers: { "Retry-After": String(seconds) } }),
    };
  }
}

function inputFrom(text: string | null): unknown {
  if (!text) return undefined;
  try {
    return superjson.deserialize(JSON.parse(text) as SuperJSONResult);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "Invalid input";
    throw new TRPCError({ code: "BAD_REQUEST", message, cause });
  }
}

function comeBack(seconds: number, more: Readonly<Record<string, string>> = {}): Answer {
  const headers = { "Retry-After": String(seconds), "Cache-Control": "no-store", ...more };
  return { status: 429, body: comeBackBody(), headers };
}

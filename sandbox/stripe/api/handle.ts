import { drawingFrom, newId } from "../../ids.ts";
import { checkAnswer } from "../../shapes/check-answers.ts";
import { checkParameters } from "../../shapes/check-parameters.ts";
import type { OperationShape } from "../../shapes/shape.ts";
import { expansions } from "../expansions.ts";
import { withFirstLines } from "../invoices/first-lines.ts";
import { clockOfCall } from "../test-clocks/clock-of.ts";
import { inUnit, looking } from "../unit.ts";
import { apiVersion } from "../wire.ts";
import type { World } from "../world.ts";
import { authenticate } from "./authenticate.ts";
import { errorAnswer, notSimulated, StripeFault } from "./errors.ts";
import { expandAll } from "./expand.ts";
import { parseForm } from "./form.ts";
import { checkKey, type KeyedRequest, remember, replay } from "./idempotency.ts";
import { route } from "./routes.ts";

export interface ApiRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
}

export interface ApiAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
  requestId: string;
  replayed: boolean;
  error: string | null;
}

interface Outcome {
  status: number;
  body: string;
  replayed: boolean;
  error: string | null;
  /** False while nothing was done: then there is nothing that must not be done twice. */
  executed: boolean;
  originalRequest: string;
}

/** Does what an API call asks, as one unit of work, and answers as the provider would. */
export function handle(world: World, request: ApiRequest): ApiAnswer {
  return drawingFrom(world.randomness, world.clock.seconds(), () => answer(world, request));
}

function answer(world: World, request: ApiRequest): ApiAnswer {
  const requestId = newId("req");
  const outcome = decide(world, request, requestId);
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "Request-Id": requestId,
    "Stripe-Version": apiVersion,
    "Cache-Control": "no-cache, no-store",
  };
  if (request.method === "POST") {
    headers["Original-Request"] = outcome.originalRequest;
    if (request.idempotencyKey) headers["Idempotency-Key"] = request.idempotencyKey;
    if (outcome.executed) headers["Stripe-Should-Retry"] = "false";
    if (outcome.replayed) headers["Idempotent-Replayed"] = "true";
  }
  if (outcome.status === 501) headers["Stripe-Should-Retry"] = "false";
  return { ...outcome, headers, requestId };
}

function decide(world: World, request: ApiRequest, requestId: string): Outcome {
  try {
    authenticate(request.authorization);
    const { method, path, body, idempotencyKey: key } = request;
    if (method !== "POST" || key === undefined) return execute(world, request, requestId, undefined);
    checkKey(key);
    const keyed = { key, method, path, body };
    const earlier = replay(world, keyed);
    if (!earlier) return execute(world, request, requestId, keyed);
    return {
      status: earlier.status,
      body: earlier.body,
      replayed: true,
      error: null,
      executed: true,
      originalRequest: earlier.requestId,
    };
  } catch (error) {
    return failure(error, requestId);
  }
}

function failure(error: unknown, requestId: string): Outcome {
  if (error instanceof StripeFault) {
    const body = JSON.stringify(errorAnswer(error.body, requestId));
    return {
      status: error.status,
      body,
      replayed: false,
      error: error.message,
      executed: error.executed,
      originalRequest: requestId,
    };
  }
  console.error(error);
  const body = JSON.stringify(
    errorAnswer(
      { type: "api_error", message: "An unknown error occurred in the sandbox. Its output has the details." },
      requestId,
    ),
  );
  return { status: 500, body, replayed: false, error: String(error), executed: false, originalRequest: requestId };
}

/** A refusal that leaves something behind, as a charge that failed does: answered as an error, and kept. */
function refusedAndKept(world: World, fault: StripeFault, requestId: string, keyed: KeyedRequest | undefined): Outcome {
  const outcome = failure(fault, requestId);
  if (keyed) remember(world, keyed, { status: outcome.status, body: outcome.body, requestId });
  return { ...outcome, executed: true };
}

/** What the provider takes and the operation here does not know is not simulated, which is not the caller's mistake. */
function answerHonestly<T>(answer: () => T, published: OperationShape | undefined): T {
  try {
    return answer();
  } catch (error) {
    const unknown = error instanceof StripeFault && error.body.code === "parameter_unknown";
    throw published && unknown ? notSimulated(`the parameter '${error.body.param}'`) : error;
  }
}

/** An answer as it is sent: tiers and further currencies of prices are told only where they are asked for. */
function written(answer: object, expand: readonly string[]): string {
  const text = JSON.stringify(answer);
  const hidden = ["tiers", "currency_options"].filter(
    (name) => text.includes(`"${name}":`) && !expand.some((path) => path.split(".").at(-1) === name),
  );
  return hidden.length === 0 ? text : JSON.stringify(without(hidden, answer));
}

/** The same without some fields, wherever they stand; what has none of them is not copied. */
function without(names: readonly string[], value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const parts = value.map((part) => without(names, part));
    return parts.some((part, index) => part !== value[index]) ? parts : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, part] of Object.entries(value)) {
    const left = names.includes(name) ? undefined : without(names, part);
    if (left === part) continue;
    copy ??= { ...value };
    copy[name] = left;
  }
  return copy ?? value;
}

function execute(world: World, request: ApiRequest, requestId: string, keyed: KeyedRequest | undefined): Outcome {
  const { operation, ids } = route(world.published, request.method, request.path);
  const raw = parseForm(request.method === "POST" ? request.body : request.query);
  const published = world.published.operation(operation.method, operation.path);
  if (published) checkParameters(world.published, published, raw);
  const cause = { id: requestId, idempotency_key: request.idempotencyKey ?? null };
  try {
    // What is only read needs no transaction, and nothing waits for what it brings.
    const run = request.method === "GET" ? looking : inUnit;
    return run(
      world,
      cause,
      (unit) => {
        const { result, expand } = answerHonestly(
          () => operation.answer({ unit, ids, url: request.path }, raw),
          published,
        );
        if (result instanceof StripeFault) return refusedAndKept(world, result, requestId, keyed);
        const answer = expandAll(unit, expansions, result, expand);
        if (published && world.checksAnswers) checkAnswer(world.published, published, answer);
        const body = written(withFirstLines(answer), expand);
        if (keyed) remember(world, keyed, { status: 200, body, requestId });
        return { status: 200, body, replayed: false, error: null, executed: true, originalRequest: requestId };
      },
      clockOfCall(world, ids, raw),
    );
  } catch (error) {
    const outcome = failure(error, requestId);
    if (keyed && outcome.executed) remember(world, keyed, { status: outcome.status, body: outcome.body, requestId });
    return outcome;
  }
}

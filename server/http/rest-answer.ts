import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "hono";
import { DomainError } from "../kernel/errors.ts";
import { BodyTooLarge, readBody } from "./body-limit.ts";

const BODY_LIMIT = 64_000;

/** What an address for programs answers. */
export type Answer = {
  readonly status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 503;
  readonly body: Record<string, unknown>;
};

/** The request's body as JSON; undefined where it is none. Throws {@link BodyTooLarge}. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request, BODY_LIMIT);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Runs `work` and answers it as JSON; what a procedure refuses with its status, its code and what to do. */
export async function answerJson(c: Context, work: () => Promise<Answer>): Promise<Response> {
  try {
    const { status, body } = await work();
    return c.json(body, status, status === 503 ? { "Retry-After": "5" } : {});
  } catch (error) {
    if (error instanceof BodyTooLarge) return c.json({ error: "The request is larger than 64 kB." }, 413);
    if (!(error instanceof TRPCError)) throw error;
    const status = getHTTPStatusCodeFromError(error) as 400;
    if (!(error.cause instanceof DomainError)) {
      return c.json(
        { error: "The payment page cannot be opened right now. Nothing was charged.", code: "unavailable" },
        status,
      );
    }
    return c.json({ error: error.cause.message, code: error.cause.code }, status);
  }
}

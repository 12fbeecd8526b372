import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "hono";
import type { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { inputIssues } from "../trpc/input-sentence.ts";
import { BodyTooLarge, readBody } from "./body-limit.ts";

const BODY_LIMIT = 64_000;

/** What an address for programs answers. */
export type Answer = {
  readonly status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503;
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

/** What is wrong with a body, in words that name the field; the field by itself, too. */
export function wrongInput({ issues }: z.ZodError): { readonly field: string; readonly message: string } {
  const [issue] = inputIssues(issues);
  return { field: issue?.field || "body", message: issue?.message ?? "is wrong" };
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
    const { message, code, details } = error.cause;
    return c.json({ error: withLimit(message, details), code, ...namedField(details) }, status);
  }
}

type Details = DomainError["details"];

/** What is wrong, with the most that may be had where a refusal knows it. */
const withLimit = (message: string, { most }: Details): string =>
  typeof most === "number" ? `${message} At most ${most}.` : message;

/** The field that a refusal is about, where it names one. */
const namedField = ({ field, most }: Details): Record<string, unknown> =>
  typeof field === "string" ? { field, ...(typeof most === "number" ? { most } : {}) } : {};

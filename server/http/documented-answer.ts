import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "hono";
import type { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { createCaller } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { BodyTooLarge } from "./body-limit.ts";
import { withRetryAfter } from "./come-back-later.ts";
import { requestState } from "./request-context.ts";
import { type Answer, wrongInput } from "./rest-answer.ts";

type Work = (caller: ReturnType<typeof createCaller>, now: Date) => Promise<Answer>;

/** A refusal in the words of the billing API. */
export const refused = (status: Answer["status"], error: string, more: Record<string, unknown> = {}): Answer => ({
  status,
  body: { success: false, error, ...more },
});

const nobody = refused(401, "Sign in, or send an API key that works as a bearer token.");

/** What is wrong with an input, naming the field. */
export function wrongField(error: z.ZodError): Answer {
  const { field, message } = wrongInput(error);
  return refused(400, `${field}: ${message}`);
}

/** Does `work` as whoever calls (session, API key) and answers it, refusals too, as the billing API answers. */
export async function documentedAnswer(c: Context, runtime: Runtime, work: Work): Promise<Response> {
  const state = await requestState(runtime, c.req.raw, socketAddress(c), c.get("requestId" as never) as string);
  // A key that only the plan has closed is told so by the procedure.
  const known = state.ctx.session !== null || state.ctx.keyRefused === "plan";
  const answered = known ? work(createCaller(state.ctx), state.ctx.now()) : Promise.resolve(nobody);
  const { status, body } = await answered.catch(refusalOf);
  const response = withRetryAfter(c.json(body, status), state.retryAfterSeconds);
  for (const cookie of state.cookies) response.headers.append("Set-Cookie", cookie);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

function refusalOf(error: unknown): Answer {
  if (error instanceof BodyTooLarge) return refused(413, "The request is larger than 64 kB.");
  if (!(error instanceof TRPCError)) throw error;
  const status = getHTTPStatusCodeFromError(error) as Answer["status"];
  // What went wrong with us is in the log: its words may hold statements and what stood in them.
  if (error.code === "INTERNAL_SERVER_ERROR")
    return refused(500, "Something went wrong on our side. Nothing was changed.");
  if (!(error.cause instanceof DomainError)) return refused(status, error.message);
  const { field } = error.cause.details;
  const text = typeof field === "string" ? `${field}: ${error.cause.message}` : error.cause.message;
  return refused(status, text);
}

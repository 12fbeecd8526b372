import type { Context, Hono } from "hono";
import { ZodError } from "zod";
import { DomainError, ERROR_KINDS } from "../kernel/errors.ts";
import { authorize, STAFF } from "../trpc/init.ts";
import { type Inbox, type InboxAnswer, listEvents, MAX_BODY, tooLarge } from "../webhooks/index.ts";
import { eventListInput } from "../webhooks/input.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { BodyTooLarge, readBody } from "./body-limit.ts";
import { requestState } from "./request-context.ts";

/**
 * The same door as the Remix route of this address, in front of Remix: matching one of Remix's routes costs more than
 * storing the event. `GET /api/webhooks/stripe/logs` is the inbox as JSON, for staff.
 */
export function webhookEndpoints(inbox: Inbox) {
  return (app: Hono, runtime: Runtime): void => {
    app.post("/api/webhooks/stripe", async (c) => {
      const body = await boundedBody(c.req.raw);
      return toResponse(body === null ? tooLarge() : await inbox.receive("stripe", body, c.req.raw.headers));
    });
    app.get("/api/webhooks/stripe/logs", (c) => logs(c, runtime));
  };
}

/** The raw bytes; null when there are more than a notification may have. A body of stated length is read in one go. */
async function boundedBody(request: Request): Promise<Uint8Array | null> {
  const stated = request.headers.get("content-length");
  if (stated !== null && Number(stated) > MAX_BODY) return null;
  if (stated !== null) return new Uint8Array(await request.arrayBuffer());
  try {
    return await readBody(request, MAX_BODY);
  } catch (error) {
    if (error instanceof BodyTooLarge) return null;
    throw error;
  }
}

function toResponse(answer: InboxAnswer): Response {
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

async function logs(c: Context, runtime: Runtime): Promise<Response> {
  const { ctx } = await requestState(runtime, c.req.raw, socketAddress(c), c.get("requestId" as never) as string);
  try {
    authorize(STAFF, ctx);
    const input = eventListInput.parse(c.req.query());
    const page = await ctx.db.transaction((tx) => listEvents(tx, input), { readOnly: true });
    return c.json({ success: true, events: page.items, nextCursor: page.nextCursor }, 200, {
      "Cache-Control": "no-store",
    });
  } catch (error) {
    if (error instanceof ZodError)
      return c.json(
        {
          success: false,
          error: error.issues[0]?.message ?? "Wrong parameters.",
          field: error.issues[0]?.path.join("."),
        },
        400,
      );
    if (error instanceof DomainError)
      return c.json({ success: false, error: error.message }, ERROR_KINDS[error.kind].status);
    throw error;
  }
}

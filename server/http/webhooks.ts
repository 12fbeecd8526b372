import type { Context, Hono } from "hono";
import { ZodError } from "zod";
import { DomainError, ERROR_KINDS } from "../kernel/errors.ts";
import { authorize, STAFF } from "../trpc/init.ts";
import { listEvents } from "../webhooks/index.ts";
import { eventListInput } from "../webhooks/input.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { requestState } from "./request-context.ts";

/** `GET /api/webhooks/stripe/logs` is the inbox as JSON, for staff. Notifications themselves come by `webhook-door.ts`. */
export function webhookLogs(app: Hono, runtime: Runtime): void {
  app.get("/api/webhooks/stripe/logs", (c) => logs(c, runtime));
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

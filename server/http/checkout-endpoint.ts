import type { Hono } from "hono";
import { checkoutEndpointInput } from "../checkout/input.ts";
import { createCaller } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { withRetryAfter } from "./come-back-later.ts";
import { requestState } from "./request-context.ts";
import { type Answer, answerJson, readJson, wrongInput } from "./rest-answer.ts";

/**
 * `POST /api/checkout {productId, quantity?, currency?}` → `{sessionId, url}`: the buy button for programs, through the
 * same procedure. The price is ours alone; the page that opens shows it. `Idempotency-Key` is optional: the same key gets
 * the same answer, and 409 with another body. 400 for anything else in the body, 404 for what is not for sale, 503 when
 * the payment page cannot be opened now (repeat the request as it is), 409 `sold_out` when there are too few.
 */
export function checkoutEndpoint(app: Hono, runtime: Runtime): void {
  app.post("/api/checkout", async (c) => {
    const requestId = c.get("requestId" as never) as string;
    const state = await requestState(runtime, c.req.raw, socketAddress(c), requestId);
    const answered = await answerJson(c, () => start(c.req.raw, createCaller(state.ctx)));
    const response = withRetryAfter(answered, state.retryAfterSeconds);
    for (const cookie of state.cookies) response.headers.append("Set-Cookie", cookie);
    response.headers.set("Cache-Control", "no-store");
    return response;
  });
  app.all("/api/checkout", (c) => c.json({ error: "Send a POST." }, 405, { Allow: "POST" }));
}

async function start(request: Request, caller: ReturnType<typeof createCaller>): Promise<Answer> {
  const parsed = checkoutEndpointInput.safeParse(await readJson(request));
  if (!parsed.success) {
    const { field, message } = wrongInput(parsed.error);
    return { status: 400, body: { error: `${field} ${message}.`, field } };
  }
  const { productId, quantity, currency } = parsed.data;
  const started = await caller.checkout.start({
    source: { productId, ...(quantity === undefined ? {} : { quantity }) },
    ...(currency === undefined ? {} : { currency }),
    acceptChangedPrices: true,
  });
  if (started.outcome === "open") return { status: 200, body: { sessionId: started.sessionId, url: started.url } };
  if (started.outcome === "sold_out") {
    return { status: 409, body: { error: "There are fewer left than this. Nothing was charged.", code: "sold_out" } };
  }
  return {
    status: 503,
    body: { error: "The payment page cannot be opened right now. Nothing was charged.", code: started.outcome },
  };
}

import type { Hono } from "hono";
import { buyCreditsInput } from "../checkout/input.ts";
import { createCaller } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { withRetryAfter } from "./come-back-later.ts";
import { requestState } from "./request-context.ts";
import { type Answer, answerJson, readJson, wrongInput } from "./rest-answer.ts";

/**
 * `POST /checkout {quantity, keyId?}` → `{id, url}`: buys credit packs for whoever is signed in or shows an API key with the
 * scope `credits.buy`, through the same procedure as the account's button. `productId` names another pack than the usual
 * one, `currency` another than USD. Go to `url` to pay; `id` is the payment page's. `Idempotency-Key` is optional. 401
 * without either, 400 for anything else in the body, 404 for another's key, 503 when the page cannot be opened now.
 */
export function creditCheckout(app: Hono, runtime: Runtime): void {
  app.post("/checkout", async (c) => {
    const state = await requestState(runtime, c.req.raw, socketAddress(c), c.get("requestId" as never) as string);
    const answered = await answerJson(c, () => buy(c.req.raw, createCaller(state.ctx)));
    const response = withRetryAfter(answered, state.retryAfterSeconds);
    for (const cookie of state.cookies) response.headers.append("Set-Cookie", cookie);
    response.headers.set("Cache-Control", "no-store");
    return response;
  });
}

async function buy(request: Request, caller: ReturnType<typeof createCaller>): Promise<Answer> {
  const parsed = buyCreditsInput.safeParse(await readJson(request));
  if (!parsed.success) {
    const { field, message } = wrongInput(parsed.error);
    return { status: 400, body: { error: `${field} ${message}.`, field } };
  }
  const started = await caller.checkout.buyCredits(parsed.data);
  if (started.outcome === "open") return { status: 200, body: { id: started.sessionId, url: started.url } };
  if (started.outcome === "price_changed") {
    return { status: 409, body: { error: "The price has changed. Nothing was charged.", code: started.outcome } };
  }
  return {
    status: 503,
    body: { error: "The payment page cannot be opened right now. Nothing was charged.", code: started.outcome },
  };
}

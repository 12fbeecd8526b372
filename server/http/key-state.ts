import type { IncomingMessage } from "node:http";
import type { Browser, RequestCtx } from "../trpc/context.ts";
import type { Runtime } from "../wire.ts";
import { requestLocale } from "./locale.ts";
import { actorOf, callerOfKey } from "./request-context.ts";

/** The context of one call of a program with an API key. */
export type KeyState = { readonly ctx: RequestCtx; readonly retryAfterSeconds: number | null };

/** A program has no cookies: none is read, and none it is given. */
const NO_COOKIES = {
  cartToken: null,
  secondStepToken: null,
  knownDevice: null,
  setSecondStep: () => {},
  clearSecondStep: () => {},
  setKnownDevice: () => {},
  setSession: () => {},
  clearSession: () => {},
  setCartToken: () => {},
};

/** Builds the context of a call with an API key: one look-up, and what `requestState` does for cookies left out. */
export async function keyState(
  runtime: Runtime,
  key: string,
  { headers }: IncomingMessage,
  { address, requestId }: { readonly address: string; readonly requestId: string },
): Promise<KeyState> {
  const caller = await callerOfKey(runtime, key);
  const idempotencyKey = headers["idempotency-key"];
  let retryAfterSeconds: number | null = null;
  const browser: Browser = {
    ...NO_COOKIES,
    ip: address,
    userAgent: headers["user-agent"]?.slice(0, 300) ?? null,
    locale: requestLocale("/api/trpc", undefined, headers["accept-language"] ?? null),
    idempotencyKey: typeof idempotencyKey === "string" ? idempotencyKey : null,
    retryAfter: (seconds) => {
      retryAfterSeconds = seconds;
    },
  };
  const ctx = { ...runtime.ctx(actorOf(caller.session, []), requestId), ...caller, browser };
  return {
    ctx,
    get retryAfterSeconds() {
      return retryAfterSeconds;
    },
  };
}

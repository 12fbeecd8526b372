import type { Session } from "../identity/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";

/** What a procedure may know of and tell the browser (or program) that calls. */
export type Browser = {
  readonly ip: string;
  readonly userAgent: string | null;
  readonly locale: "sv" | "en";
  readonly cartToken: string | null;
  /** The `Idempotency-Key` header. */
  readonly idempotencyKey: string | null;
  /** Of a sign-in that waits for its second factor. */
  readonly secondStepToken: string | null;
  /** What a browser keeps that has signed in here before. */
  readonly knownDevice: string | null;
  setSecondStep(token: string, expiresAt: Date): void;
  clearSecondStep(): void;
  setKnownDevice(value: string): void;
  /** Tells the browser after how many seconds to try again. */
  retryAfter(seconds: number): void;
  setSession(token: string, expiresAt: Date): void;
  clearSession(): void;
  setCartToken(token: string): void;
};

export type { Session };

export type RequestCtx = Ctx<Providers> & {
  readonly session: Session | null;
  readonly browser: Browser;
  /** An API key was shown that opens nothing: the request is nobody's, and is told so; `plan`: since its organization's plan opens it no longer. */
  readonly keyRefused?: boolean | "plan";
};

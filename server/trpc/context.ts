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
  setSession(token: string, expiresAt: Date): void;
  clearSession(): void;
  setCartToken(token: string): void;
};

export type { Session };

export type RequestCtx = Ctx<Providers> & { readonly session: Session | null; readonly browser: Browser };

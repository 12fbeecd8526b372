import type { StaffRole } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";

/** Who is signed in, as looked up by the session token; never cached beyond the request. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly customerId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly emailVerified: boolean;
  readonly locale: "sv" | "en";
  readonly staffRole: StaffRole | null;
};

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

export type RequestCtx = Ctx<Providers> & { readonly session: Session | null; readonly browser: Browser };

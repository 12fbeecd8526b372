import type { Actor } from "./actor.ts";
import type { TechnicalClock } from "./clock.ts";
import type { Database } from "./db.ts";
import type { Log } from "./log.ts";

/**
 * What every use case gets as its first argument. `Providers` is filled in by `server/wire.ts`; a use case names in its
 * own signature which ports it needs: `Ctx<{ checkout: CheckoutGateway }>`.
 */
export type Ctx<Providers = unknown> = {
  readonly db: Database;
  readonly actor: Actor;
  /** Business time (`docs/architecture.md`, Time), frozen when the request or job began. */
  now(): Date;
  /** Technical time: sessions, tokens, rate limits. */
  readonly technical: TechnicalClock;
  readonly providers: Providers;
  readonly log: Log;
  readonly requestId: string;
};

// Makes the payment provider's products and prices what the catalogue says: node scripts/sync-catalog.ts
import { compareCatalog, type MirrorStep, syncCatalog } from "../server/catalog/index.ts";
import { movableClock, technicalClock } from "../server/kernel/clock.ts";
import { loadConfig } from "../server/kernel/config.ts";
import { connect, databaseFor } from "../server/kernel/db.ts";
import { createLog } from "../server/kernel/log.ts";
import { stripeCatalogMirror } from "../server/providers/stripe/catalog-mirror.ts";
import { createStripeClient } from "../server/providers/stripe/client.ts";

type Env = Readonly<Record<string, string | undefined>>;

export type CatalogSession = {
  /** What {@link sync} would do; only looks. */
  compare(): Promise<readonly MirrorStep[]>;
  /** Idempotent; answers how many prices are on sale. */
  sync(): Promise<{ prices: number }>;
  close(): Promise<void>;
};

/** The catalogue and its mirror, with the settings the product itself gets. */
export function catalogSession(env: Env): CatalogSession {
  const config = loadConfig(env);
  const actor = { kind: "system", name: "catalog.sync" } as const;
  const { now } = movableClock();
  const service = connect(config.DATABASE_SERVICE_URL, { max: 2, name: "kraftverk-sync-catalog" });
  const stripe = createStripeClient({ secretKey: config.STRIPE_SECRET_KEY, apiBase: config.STRIPE_API_BASE });
  const ctx = {
    db: databaseFor(service, { actor, now, reactions: {} }),
    actor,
    now,
    technical: technicalClock,
    providers: { catalogMirror: stripeCatalogMirror(stripe) },
    log: createLog({ process: "sync-catalog", level: config.LOG_LEVEL }),
    requestId: "sync-catalog",
  };
  return { compare: () => compareCatalog(ctx), sync: () => syncCatalog(ctx), close: () => service.close() };
}

/** Mirrors the catalogue once. Idempotent; answers how many prices are on sale. */
export async function syncCatalogOnce(env: Env): Promise<{ prices: number }> {
  const session = catalogSession(env);
  try {
    return await session.sync();
  } finally {
    await session.close();
  }
}

if (import.meta.main) {
  const { prices } = await syncCatalogOnce(process.env);
  console.log(`${prices} prices are on sale at the payment provider.`);
}

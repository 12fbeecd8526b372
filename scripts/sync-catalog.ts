// Makes the payment provider's products and prices what the catalogue says: node scripts/sync-catalog.ts
import { syncCatalog } from "../server/catalog/index.ts";
import { movableClock, technicalClock } from "../server/kernel/clock.ts";
import { loadConfig } from "../server/kernel/config.ts";
import { connect, databaseFor } from "../server/kernel/db.ts";
import { createLog } from "../server/kernel/log.ts";
import { stripeCatalogMirror } from "../server/providers/stripe/catalog-mirror.ts";
import { createStripeClient } from "../server/providers/stripe/client.ts";

/** Mirrors the catalogue once, with the settings the product itself gets. Idempotent; answers how many prices are on sale. */
export async function syncCatalogOnce(env: Readonly<Record<string, string | undefined>>): Promise<{ prices: number }> {
  const config = loadConfig(env);
  const actor = { kind: "system", name: "catalog.sync" } as const;
  const { now } = movableClock();
  const service = connect(config.DATABASE_SERVICE_URL, { max: 2, name: "kraftverk-sync-catalog" });
  try {
    return await syncCatalog({
      db: databaseFor(service, { actor, now, reactions: {} }),
      actor,
      now,
      technical: technicalClock,
      providers: {
        catalogMirror: stripeCatalogMirror(
          createStripeClient({ secretKey: config.STRIPE_SECRET_KEY, apiBase: config.STRIPE_API_BASE }),
        ),
      },
      log: createLog({ process: "sync-catalog", level: config.LOG_LEVEL }),
      requestId: "sync-catalog",
    });
  } finally {
    await service.close();
  }
}

if (import.meta.main) {
  const { prices } = await syncCatalogOnce(process.env);
  console.log(`${prices} prices are on sale at the payment provider.`);
}

import type { RoleUrls } from "../postgres/roles.ts";
import type { Setup } from "./setup.ts";

// Imported when needed: a start that only has to say that another one runs stays quick.

/**
 * Brings the database to this version and puts the demo shop into it where no real money is. People who can sign in with
 * the printed password exist in the sandbox only.
 */
export async function prepareDatabase(urls: RoleUrls, { config }: Pick<Setup, "config">): Promise<void> {
  const { migrate } = await import("../../drizzle/migrate.ts");
  await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
  if (config.profile !== "live") await seed(urls, config);
}

/** Adds what is missing of the demo shop; idempotent. */
export async function seed(urls: RoleUrls, config: Setup["config"]): Promise<void> {
  const { seedDemo } = await import("../../drizzle/seed/demo.ts");
  const { hashPassword } = await import("../../server/identity/index.ts");
  await seedDemo({ serviceUrl: urls.service, ...(config.profile === "sandbox" && { hashPassword }) });
}

/** Makes the payment provider's products and prices what the catalog says. */
export async function syncCatalog(urls: RoleUrls, { productEnv }: Pick<Setup, "productEnv">): Promise<void> {
  const { syncCatalogOnce } = await import("../sync-catalog.ts");
  await syncCatalogOnce(productEnv(urls));
}

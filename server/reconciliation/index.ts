export type { ProviderJournal } from "./provider-journal.ts";
export { reconcile, sweep } from "./reconcile.ts";

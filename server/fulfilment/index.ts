export type { FulfilmentStatus } from "./fulfilment-status.ts";
export { openFulfilment } from "./open-fulfilment.ts";

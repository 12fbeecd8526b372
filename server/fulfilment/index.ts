export { type FulfilmentStatus, fulfilmentMachine } from "./fulfilment-status.ts";
export { openFulfilment } from "./open-fulfilment.ts";

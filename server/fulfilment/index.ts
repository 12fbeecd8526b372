export { finishOrder } from "./finish-order.ts";
export type { FulfilmentStatus } from "./fulfilment-status.ts";
export { haltFulfilment } from "./halt-fulfilment.ts";
export { openFulfilment } from "./open-fulfilment.ts";
export { sendGoodsShipped } from "./send-goods-shipped.ts";

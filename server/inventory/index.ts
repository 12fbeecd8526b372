export { consumeStock } from "./consume-stock.ts";
export { readStockLeft } from "./queries.ts";
export { releaseStock } from "./release-stock.ts";
export { reserveStock, type Shortage } from "./reserve-stock.ts";
export { restockCancelled, restockOrder } from "./restock-order.ts";
export { type StockLeft, type StockState, stockOfAll, stockState, tooFewFor } from "./stock-left.ts";
export { sweep, sweepReservations } from "./sweep-reservations.ts";

import type { goods as source } from "../sv/goods.ts";
import type { Message } from "../translate.ts";

/** The goods of an order, as staff send them and buyers follow them. */
export const goods = {
  "goods.title": "Delivery",
  "goods.now.not_started": "The goods are paid for and wait to be packed.",
  "goods.paidBack": "Everything has been refunded. Stop the delivery, unless the goods are to be sent anyway.",
  "goods.now.in_production": "The goods are being packed.",
  "goods.now.shipped": "The goods have been sent.",
  "goods.now.stopped": "The goods stay here. Take the delivery up again when they are to be sent.",
  "goods.now.cancelled": "Nothing is to be sent.",
  "goods.carrier": "Carrier",
  "goods.trackingNumber": "Parcel number",
  "goods.trackingUrl": "Link to follow the parcel",
  "goods.parcelWrong": "Enter an address that begins with https://",
  "goods.ship": "Mark as sent",
  "goods.ship.leads":
    "The customer gets an email that the goods are on their way, and the order is complete. This cannot be undone.",
  "goods.start": "Begin to pack",
  "goods.again": "Take the delivery up again",
  "goods.start.leads": "The customer sees that the goods are being packed.",
  "goods.stop": "Stop the delivery",
  "goods.stop.leads": "Nothing is sent until somebody takes the delivery up again.",
  "goods.reason": "Reason for stopping",
  "goods.done": "The delivery has been changed.",
  "goods.with": "With {carrier}",
  "goods.number": "Parcel number {number}",
  "goods.follow": "Follow the parcel",
} as const satisfies Record<keyof typeof source, Message>;

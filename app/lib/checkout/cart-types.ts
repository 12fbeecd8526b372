import type { AppLoadContext } from "@remix-run/node";

/** The visitor's cart as the server shows it. */
export type Cart = Awaited<ReturnType<AppLoadContext["caller"]["checkout"]["cart"]["get"]>>;
export type CartLine = Cart["lines"][number];

/** The purchase that the page after the payment page tells of. */
export type Purchase = Awaited<ReturnType<AppLoadContext["caller"]["checkout"]["status"]>>;

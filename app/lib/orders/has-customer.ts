import type { AppLoadContext } from "@remix-run/node";

/** Whether somebody signed in can have bought anything: staff may be without a customer of their own. */
export function hasCustomer(viewer: AppLoadContext["viewer"]): boolean {
  return viewer.kind === "customer" || (viewer.kind === "staff" && viewer.customerId !== null);
}

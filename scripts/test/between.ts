import type Stripe from "stripe";

type Call = (...given: unknown[]) => Promise<unknown>;

/** A client at which something else happens just before each call of this method (the first is 1); what it throws is what the call throws. */
export function between(
  stripe: Stripe,
  resource: "coupons" | "customers" | "invoices" | "subscriptions" | "subscriptionSchedules",
  method: string,
  happens: (call: number) => Promise<unknown>,
): Stripe {
  const of = stripe[resource];
  let calls = 0;
  const call: Call = async (...given) => {
    await happens(++calls);
    return (Reflect.get(of, method) as Call).apply(of, given);
  };
  const changed = Object.create(of, { [method]: { value: call } });
  return Object.create(stripe, { [resource]: { value: changed } });
}

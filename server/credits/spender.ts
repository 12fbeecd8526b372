import { type Actor, customerOf } from "../kernel/actor.ts";
import { creditErrors } from "./errors.ts";

/** Whose credits an actor spends, and by which key. Throws `credits.no_customer` for staff who are no customer. */
export function spenderOf(actor: Actor): { readonly customerId: string; readonly apiKeyId: string | null } {
  const customerId = customerOf(actor);
  if (customerId === null) throw creditErrors.noCustomer();
  return { customerId, apiKeyId: null };
}

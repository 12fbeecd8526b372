import { type Actor, customerOf } from "../kernel/actor.ts";
import { creditErrors } from "./errors.ts";

type Caller = { readonly actor: Actor; readonly session: { readonly apiKey?: { readonly id: string } | null } | null };

/** Whose credits a caller spends, and by which key. Throws `credits.no_customer` for staff who are no customer. */
export function spenderOf({ actor, session }: Caller): {
  readonly customerId: string;
  readonly apiKeyId: string | null;
} {
  const customerId = customerOf(actor);
  if (customerId === null) throw creditErrors.noCustomer();
  return { customerId, apiKeyId: session?.apiKey?.id ?? null };
}

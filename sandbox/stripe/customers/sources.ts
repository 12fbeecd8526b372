import { missing } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, integer, later, required, text } from "../api/params.ts";
import { previousAttributes } from "../events/changes.ts";
import { recordEvent } from "../events/record.ts";
import { inPath, unknownInPath } from "../lookups.ts";
import { attachTo, cardOfToken, detach, isSource } from "../payment-methods/attach.ts";
import { change, type Unit } from "../unit.ts";
import type { Card, Customer, PaymentMethod } from "../wire.ts";
import { idOf } from "../world.ts";

/** What the older objects call the brands. */
const brands: Record<string, string> = {
  amex: "American Express",
  discover: "Discover",
  mastercard: "MasterCard",
  visa: "Visa",
};

/** A card as the older API shows it; it is a payment method all the same, with the same id. */
export function cardOf({ id, card, billing_details: details, customer, metadata }: PaymentMethod): Card {
  const { address, name } = details;
  return {
    id,
    object: "card",
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: card?.checks?.address_line1_check ?? null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: card?.checks?.address_postal_code_check ?? null,
    brand: brands[card?.brand ?? ""] ?? "Unknown",
    country: card?.country ?? null,
    customer,
    cvc_check: card?.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? "unknown",
    last4: card?.last4 ?? "",
    metadata: metadata ?? {},
    name,
    regulated_status: "unregulated",
    tokenization_method: null,
  };
}

/** Saves the card that a token stands for; a customer's first becomes the usual one. */
export function addSource(
  unit: Unit,
  customer: Customer,
  token: string,
  given: Record<string, string> = {},
  firstIsUsual = true,
): Card {
  const { world } = unit;
  const named = cardOfToken(unit, token);
  if (!named) throw missing("token", token, "source", false);
  const attached = attachTo(unit, world.paymentMethods.replace({ ...named, metadata: given }), customer);
  const card = cardOf(attached);
  recordEvent(unit, "customer.source.created", card);
  if (firstIsUsual && customer.default_source === null)
    change(unit, world.customers, customer, { default_source: card.id }, "customer.updated");
  return card;
}

/** A customer's own card; another customer's, and a newer one, is not there. */
function ownSource(unit: Unit, ids: readonly string[]): PaymentMethod {
  const customer = inPath(unit.world.customers, ids[0]);
  const found = unit.world.paymentMethods.get(ids[1] ?? "");
  if (!found || !isSource(found) || idOf(found.customer) !== customer.id) throw unknownInPath("source", ids[1] ?? "");
  return found;
}

/** 400: what is to be the usual card must be one of the customer's own. */
export function mustBeSource(unit: Unit, customer: Customer, id: string): void {
  const found = unit.world.paymentMethods.get(id);
  if (found && isSource(found) && idOf(found.customer) === customer.id) return;
  throw missing("source", id, "default_source", false);
}

const path = "/v1/customers/:id/sources";

export const sourceOperations = [
  operation(
    "POST",
    path,
    { metadata: metadata(), source: required(text()), validate: later() },
    ({ unit, ids }, params) => {
      const customer = inPath(unit.world.customers, ids[0]);
      return addSource(unit, customer, params.source, mergeMetadata({}, params.metadata));
    },
  ),
  operation("GET", path, { ...paging, object: text() }, ({ unit, ids, url }, params) => {
    const customer = inPath(unit.world.customers, ids[0]);
    const page = pageOf(url, unit.world.paymentMethods, params, {
      where: { customer: customer.id },
      matches: (one) => isSource(one) && (params.object === undefined || params.object === "card"),
    });
    return { ...page, data: page.data.map(cardOf) };
  }),
  operation("GET", `${path}/:source`, {}, ({ unit, ids }) => cardOf(ownSource(unit, ids))),
  operation(
    "POST",
    `${path}/:source`,
    {
      ...allLater("account_holder_name", "account_holder_type", "owner"),
      address_city: text(),
      address_country: text(),
      address_line1: text(),
      address_line2: text(),
      address_state: text(),
      address_zip: text(),
      exp_month: integer(1, 12),
      exp_year: integer(2000, 2100),
      metadata: metadata(),
      name: text(),
    },
    ({ unit, ids }, params) => {
      const current = ownSource(unit, ids);
      const { address } = current.billing_details;
      const changed = change(unit, unit.world.paymentMethods, current, {
        billing_details: {
          ...current.billing_details,
          address: {
            city: params.address_city ?? address?.city ?? null,
            country: params.address_country ?? address?.country ?? null,
            line1: params.address_line1 ?? address?.line1 ?? null,
            line2: params.address_line2 ?? address?.line2 ?? null,
            postal_code: params.address_zip ?? address?.postal_code ?? null,
            state: params.address_state ?? address?.state ?? null,
          },
          name: params.name ?? current.billing_details.name,
        },
        ...(current.card
          ? {
              card: {
                ...current.card,
                exp_month: params.exp_month ?? current.card.exp_month,
                exp_year: params.exp_year ?? current.card.exp_year,
              },
            }
          : {}),
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
      });
      const [before, now] = [cardOf(current), cardOf(changed)];
      const previous = previousAttributes(before, now);
      if (previous) recordEvent(unit, "customer.source.updated", now, previous);
      return now;
    },
  ),
  operation("DELETE", `${path}/:source`, {}, ({ unit, ids }) => {
    const gone = detach(unit, ownSource(unit, ids));
    recordEvent(unit, "customer.source.deleted", cardOf({ ...gone, customer: ids[0] ?? null }));
    return { id: gone.id, object: "card", deleted: true };
  }),
];

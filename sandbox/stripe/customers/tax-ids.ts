import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { hash, later, oneOf, required, text } from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inParam, inPath, unknownInPath } from "../lookups.ts";
import { create, type Unit } from "../unit.ts";
import type { Customer, TaxId } from "../wire.ts";
import { idOf } from "../world.ts";

/** Kinds that an authority is asked about, with the country when the kind says it. */
const verified = new Map([
  ["au_abn", "AU"],
  ["eu_vat", undefined],
  ["gb_vat", "GB"],
]);

/** What the authority answers; two published test numbers are not found, or never answered. */
function verificationOf(type: string, value: string): TaxId["verification"] {
  const status = !verified.has(type)
    ? "unavailable"
    : value.endsWith("111111111")
      ? "unverified"
      : value.endsWith("222222222")
        ? "pending"
        : "verified";
  return { status, verified_address: null, verified_name: null };
}

function countryOf(type: string, value: string): string | null {
  if (type === "eu_vat") return value.slice(0, 2).toUpperCase();
  const [prefix = ""] = type.split("_");
  return verified.get(type) ?? (prefix.length === 2 ? prefix.toUpperCase() : null);
}

/** Adds a tax id to a customer, or to the account itself. */
export function addTaxId(unit: Unit, customer: Customer | undefined, type: string, value: string): TaxId {
  if (type === "eu_vat" && !/^[A-Z]{2}[A-Z0-9]{2,13}$/i.test(value))
    throw invalid("Invalid value for eu_vat.", "value", "tax_id_invalid");
  if (customer && unit.world.taxIds.by("customer", customer.id).length >= 5)
    throw invalid("A customer can have at most 5 tax IDs.", undefined, "tax_id_limit");
  const made: TaxId = {
    id: newId("txi"),
    object: "tax_id",
    country: countryOf(type, value),
    created: unit.now,
    customer: customer?.id ?? null,
    customer_account: null,
    livemode: false,
    owner: customer
      ? { customer: customer.id, customer_account: null, type: "customer" }
      : { customer_account: null, type: "self" },
    type: type as TaxId["type"],
    value,
    verification: customer ? verificationOf(type, value) : null,
  };
  return create(unit, unit.world.taxIds, made, customer ? "customer.tax_id.created" : undefined);
}

function remove(unit: Unit, taxId: TaxId): object {
  unit.world.taxIds.delete(taxId.id);
  if (taxId.customer !== null) recordEvent(unit, "customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}

/** A customer's own tax id; another customer's is not there. */
function ownTaxId(unit: Unit, ids: readonly string[]): TaxId {
  const customer = inPath(unit.world.customers, ids[0]);
  const found = inPath(unit.world.taxIds, ids[1]);
  if (idOf(found.customer) !== customer.id) throw unknownInPath("tax_id", found.id);
  return found;
}

const path = "/v1/customers/:id/tax_ids";
const given = { type: required(text(40)), value: required(text(100)) };

export const taxIdOperations = [
  operation("POST", path, given, ({ unit, ids }, params) =>
    addTaxId(unit, inPath(unit.world.customers, ids[0]), params.type, params.value),
  ),
  operation("GET", path, paging, ({ unit, ids, url }, params) =>
    pageOf(url, unit.world.taxIds, params, { where: { customer: inPath(unit.world.customers, ids[0]).id } }),
  ),
  operation("GET", `${path}/:tax_id`, {}, ({ unit, ids }) => ownTaxId(unit, ids)),
  operation("DELETE", `${path}/:tax_id`, {}, ({ unit, ids }) => remove(unit, ownTaxId(unit, ids))),
  operation(
    "POST",
    "/v1/tax_ids",
    {
      ...given,
      owner: hash({
        account: later(),
        customer: text(),
        customer_account: later(),
        type: required(oneOf(["account", "application", "customer", "self"])),
      }),
    },
    ({ unit }, params) => {
      const id = params.owner?.type === "customer" ? (params.owner.customer ?? "") : undefined;
      const customer = id === undefined ? undefined : inParam(unit.world.customers, id, "owner[customer]");
      return addTaxId(unit, customer, params.type, params.value);
    },
  ),
  operation(
    "GET",
    "/v1/tax_ids",
    {
      ...paging,
      owner: hash({
        account: later(),
        customer: text(),
        customer_account: later(),
        type: required(oneOf(["account", "application", "customer", "self"])),
      }),
    },
    ({ unit, url }, params) => {
      const customer = params.owner?.type === "customer" ? params.owner.customer : undefined;
      return pageOf(url, unit.world.taxIds, params, {
        ...(customer === undefined ? {} : { where: { customer } }),
        matches: (one) => customer !== undefined || one.customer === null,
      });
    },
  ),
  operation("GET", "/v1/tax_ids/:id", {}, ({ unit, ids }) => inPath(unit.world.taxIds, ids[0])),
  operation("DELETE", "/v1/tax_ids/:id", {}, ({ unit, ids }) => remove(unit, inPath(unit.world.taxIds, ids[0]))),
];

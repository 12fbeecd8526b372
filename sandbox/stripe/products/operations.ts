import { newId } from "../../ids.ts";
import { refused, StripeFault } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, clearableList, flag, hash, inert, later, list, range, required, text, url } from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Product } from "../wire.ts";

const writable = {
  active: flag(),
  description: clearable(text(40_000)),
  images: clearableList(url()),
  marketing_features: clearableList(hash({ name: required(text(80)) })),
  metadata: metadata(),
  package_dimensions: later(),
  shippable: flag(),
  statement_descriptor: text(22),
  tax_code: clearable(text()),
  tax_details: later(),
  unit_label: clearable(text(12)),
  url: clearable(url()),
};

export function newProduct(unit: Unit, name: string, given: Partial<Product> = {}): Product {
  return {
    id: newId("prod"),
    object: "product",
    active: true,
    created: unit.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: unit.now,
    url: null,
    ...given,
  };
}

/** Only what was sent. */
function given<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}

export const productOperations = [
  operation(
    "POST",
    "/v1/products",
    { ...writable, id: text(), name: required(text(250)), default_price_data: later(), type: inert() },
    ({ unit }, params) => {
      const { id, name, metadata: sent, ...rest } = params;
      if (id !== undefined && unit.world.products.get(id)) {
        throw new StripeFault(400, {
          type: "invalid_request_error",
          code: "resource_already_exists",
          message: "Product already exists.",
          param: "id",
        });
      }
      const own = { ...given(rest), ...(id === undefined ? {} : { id }), metadata: mergeMetadata({}, sent) };
      return create(unit, unit.world.products, newProduct(unit, name, own as Partial<Product>), "product.created");
    },
  ),
  operation(
    "GET",
    "/v1/products",
    { ...paging, active: flag(), created: range(), ids: list(text()), shippable: flag(), type: inert(), url: text() },
    ({ unit, url: address }, params) =>
      pageOf(address, unit.world.products, params, {
        created: params.created ?? {},
        matches: (one) =>
          (params.active === undefined || one.active === params.active) &&
          (params.ids === undefined || params.ids.includes(one.id)) &&
          (params.shippable === undefined || one.shippable === params.shippable) &&
          (params.url === undefined || one.url === params.url),
      }),
  ),
  operation("GET", "/v1/products/:id", {}, ({ unit, ids }) => inPath(unit.world.products, ids[0])),
  operation(
    "POST",
    "/v1/products/:id",
    { ...writable, name: text(250), default_price: clearable(text()) },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.products, ids[0]);
      const { metadata: sent, ...rest } = params;
      if (typeof rest.default_price === "string") inParam(unit.world.prices, rest.default_price, "default_price");
      const own = { ...given(rest), metadata: mergeMetadata(current.metadata, sent) };
      const patch = { ...own, updated: unit.now } as Partial<Product>;
      return change(unit, unit.world.products, current, patch, "product.updated");
    },
  ),
  operation("DELETE", "/v1/products/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.products, ids[0]);
    if (unit.world.prices.by("product", current.id).length > 0)
      throw refused("This product cannot be deleted because it has one or more user-created prices.");
    unit.world.products.delete(current.id);
    recordEvent(unit, "product.deleted", current);
    return { id: current.id, object: "product", deleted: true };
  }),
];

import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, flag, required, text } from "../api/params.ts";
import { inParam, inPath, unknownInPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import type { Feature, ProductFeature } from "../wire.ts";
import type { Made } from "../world.ts";
import { said } from "./active.ts";

export type KeptFeature = Feature & Made;
/** A feature of a product, with the product that the provider names only in the address. */
export type KeptProductFeature = ProductFeature & Made & { product: string };

const path = "/v1/entitlements/features";
const ofProduct = "/v1/products/:id/features";

const saidFeature = ({ created: _created, ...feature }: KeptFeature): Feature => feature;

function saidOfProduct(
  unit: Unit,
  { created: _created, product: _product, ...one }: KeptProductFeature,
): ProductFeature {
  const feature = unit.world.features.get(one.entitlement_feature.id);
  return feature ? { ...one, entitlement_feature: saidFeature(feature) } : one;
}

function ownFeature(unit: Unit, ids: readonly string[]): KeptProductFeature {
  const product = inPath(unit.world.products, ids[0]);
  const found = inPath(unit.world.productFeatures, ids[1]);
  if (found.product !== product.id) throw unknownInPath("product_feature", found.id);
  return found;
}

/** What products give to whoever subscribes to them. */
export const entitlementOperations = [
  operation(
    "POST",
    path,
    { lookup_key: required(text(80)), metadata: metadata(), name: required(text(80)) },
    ({ unit }, params) => {
      const { world } = unit;
      if (world.features.first("lookup_key", params.lookup_key))
        throw invalid(
          `A feature with the lookup key \`${params.lookup_key}\` already exists.`,
          "lookup_key",
          "resource_already_exists",
        );
      return saidFeature(
        world.features.insert({
          id: newId("feat"),
          object: "entitlements.feature",
          active: true,
          created: unit.now,
          livemode: false,
          lookup_key: params.lookup_key,
          metadata: mergeMetadata({}, params.metadata),
          name: params.name,
        }),
      );
    },
  ),
  operation("GET", path, { ...paging, archived: flag(), lookup_key: text() }, ({ unit, url }, by) => {
    const page = pageOf(url, unit.world.features, by, {
      where: sent({ lookup_key: by.lookup_key }),
      matches: (one) => by.archived === undefined || one.active !== by.archived,
    });
    return { ...page, data: page.data.map(saidFeature) };
  }),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => saidFeature(inPath(unit.world.features, ids[0]))),
  operation(
    "POST",
    `${path}/:id`,
    { active: flag(), metadata: clearable(metadata()), name: text(80) },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.features, ids[0]);
      const patch = {
        active: params.active ?? current.active,
        metadata: mergeMetadata(current.metadata, params.metadata),
        name: params.name ?? current.name,
      };
      return saidFeature(change(unit, unit.world.features, current, patch));
    },
  ),
  operation("POST", ofProduct, { entitlement_feature: required(text()) }, ({ unit, ids }, params) => {
    const { world } = unit;
    const product = inPath(world.products, ids[0]);
    const feature = inParam(world.features, params.entitlement_feature, "entitlement_feature");
    if (!feature.active)
      throw invalid(`The feature \`${feature.id}\` is archived and cannot be attached.`, "entitlement_feature");
    const known = world.productFeatures.by("product", product.id);
    if (known.some((one) => one.entitlement_feature.id === feature.id))
      throw invalid(
        `The feature \`${feature.id}\` is already attached to the product \`${product.id}\`.`,
        "entitlement_feature",
        "resource_already_exists",
      );
    const made: KeptProductFeature = {
      id: newId("prodft"),
      object: "product_feature",
      created: unit.now,
      entitlement_feature: saidFeature(feature),
      livemode: false,
      product: product.id,
    };
    return saidOfProduct(unit, world.productFeatures.insert(made));
  }),
  operation("GET", ofProduct, paging, ({ unit, ids, url }, by) => {
    const product = inPath(unit.world.products, ids[0]).id;
    const page = pageOf(url, unit.world.productFeatures, by, { where: { product } });
    return { ...page, data: page.data.map((one) => saidOfProduct(unit, one)) };
  }),
  operation("GET", `${ofProduct}/:feature`, {}, ({ unit, ids }) => saidOfProduct(unit, ownFeature(unit, ids))),
  operation("DELETE", `${ofProduct}/:feature`, {}, ({ unit, ids }) => {
    const { id } = ownFeature(unit, ids);
    unit.world.productFeatures.delete(id);
    return { id, object: "product_feature", deleted: true };
  }),
  operation(
    "GET",
    "/v1/entitlements/active_entitlements",
    { ...paging, customer: required(text()) },
    ({ unit, url }, by) => {
      const { id } = inParam(unit.world.customers, by.customer, "customer");
      const page = pageOf(url, unit.world.activeEntitlements, by, { where: { customer: id } });
      return { ...page, data: page.data.map(said) };
    },
  ),
  operation("GET", "/v1/entitlements/active_entitlements/:id", {}, ({ unit, ids }) =>
    said(inPath(unit.world.activeEntitlements, ids[0])),
  ),
];

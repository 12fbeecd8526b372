import { newId } from "../../ids.ts";
import { recordEvent } from "../events/record.ts";
import type { Unit } from "../unit.ts";
import { type ActiveEntitlement, type EntitlementSummary, type List, listOf, type Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";

/** What a customer may use, with whose it is: the provider tells only the former. */
export type KeptEntitlement = ActiveEntitlement & { created: number; customer: string };

export function said({ created: _created, customer: _customer, ...one }: KeptEntitlement): ActiveEntitlement {
  return one;
}

const gives = new Set<Subscription["status"]>(["active", "past_due", "trialing"]);

/** The features of all products that a customer's running subscriptions hold. */
function featuresOf(world: World, customer: string): Set<string> {
  const running = world.subscriptions.by("customer", customer).filter((one) => gives.has(one.status));
  const products = new Set(running.flatMap((one) => one.items.data.map((item) => idOf(item.price.product) ?? "")));
  return new Set(
    [...products].flatMap((product) =>
      world.productFeatures.by("product", product).map((one) => one.entitlement_feature.id),
    ),
  );
}

function listFor(customer: string, all: readonly KeptEntitlement[]): List<ActiveEntitlement> {
  const url = `/v1/customer/${customer}/entitlements`;
  return listOf(url, all.slice(0, 10).map(said), all.length > 10);
}

/** Brings what a customer may use to what its subscriptions give, and tells the whole of it when that changed. */
function settle(unit: Unit, customer: string): void {
  const { world } = unit;
  const before = world.activeEntitlements.by("customer", customer);
  const wanted = featuresOf(world, customer);
  const gone = before.filter((one) => !wanted.has(idOf(one.feature) ?? ""));
  const known = new Set(before.map((one) => idOf(one.feature) ?? ""));
  const added = [...wanted].filter((id) => !known.has(id));
  if (gone.length + added.length === 0) return;
  for (const one of gone) world.activeEntitlements.delete(one.id);
  for (const id of added)
    world.activeEntitlements.insert({
      id: newId("ent"),
      object: "entitlements.active_entitlement",
      created: unit.now,
      customer,
      feature: id,
      livemode: false,
      lookup_key: world.features.get(id)?.lookup_key ?? "",
    });
  const summary: EntitlementSummary = {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: listFor(
      customer,
      world.activeEntitlements.by("customer", customer),
    ) as EntitlementSummary["entitlements"],
    livemode: false,
  };
  recordEvent(unit, "entitlements.active_entitlement_summary.updated", summary, {
    entitlements: listFor(customer, before),
  });
}

/**
 * After every piece of work: whoever's subscription was spoken of has what it gives now. So a feature that is given to a product
 * reaches its present customers when their next period begins, as at the provider.
 */
export function settleEntitlements(unit: Unit): void {
  if (unit.spokenOf.size === 0 || unit.world.features.isEmpty()) return;
  for (const customer of [...unit.spokenOf]) settle(unit, customer);
}

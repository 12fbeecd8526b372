import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, currency, hash, integer, later, list, oneOf, required, text, type Values } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create, type Unit } from "../unit.ts";
import type { CreditGrant } from "../wire.ts";
import { idOf } from "../world.ts";
import { appliesTo } from "./apply.ts";
import { balanceOf, close, currencyOf, isEffective, money, move } from "./balance.ts";

const path = "/v1/billing/credit_grants";
const scope = hash({ price_type: oneOf(["metered"]), prices: list(hash({ id: required(text()) })) });
type Scope = NonNullable<ReturnType<typeof scope.read>>;

const newGrant = {
  amount: required(
    hash({
      monetary: required(hash({ currency: required(currency()), value: required(integer(1, 99_999_999)) })),
      type: required(oneOf(["monetary"])),
    }),
  ),
  applicability_config: required(hash({ scope: required(scope) })),
  category: oneOf(["paid", "promotional"]),
  customer: text(),
  customer_account: later(),
  effective_at: integer(0),
  expires_at: integer(0),
  metadata: metadata(),
  name: text(100),
  priority: integer(0, 100),
};

function checkScope(unit: Unit, { price_type: type, prices }: Scope, at: string): void {
  if ((type === undefined) === (prices === undefined))
    throw invalid(`You must specify either \`price_type\` or \`prices\` for ${at}.`, at, "parameter_missing");
  prices?.forEach((one, index) => {
    const where = `${at}[prices][${index}][id]`;
    if (inParam(unit.world.prices, one.id, where).recurring?.usage_type !== "metered")
      throw invalid("Credit grants can only be applied to metered prices.", where);
  });
}

function watchEnd(unit: Unit, { id, expires_at: at }: CreditGrant): void {
  if (at === null) unit.world.due.drop("credit_grant.expire", id);
  else unit.world.due.put({ kind: "credit_grant.expire", id, at });
}

function createGrant(unit: Unit, params: Values<typeof newGrant>): CreditGrant {
  const { world } = unit;
  if (params.customer === undefined)
    throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = inParam(world.customers, params.customer, "customer");
  checkScope(unit, params.applicability_config.scope, "applicability_config[scope]");
  if (params.expires_at !== undefined && params.expires_at <= Math.max(unit.now, params.effective_at ?? 0))
    throw invalid("The `expires_at` timestamp must be in the future, and after `effective_at`.", "expires_at");
  const { price_type: type, prices } = params.applicability_config.scope;
  const grant = create(
    unit,
    world.creditGrants,
    {
      id: newId("credgr_test"),
      object: "billing.credit_grant",
      amount: params.amount,
      applicability_config: { scope: { ...(type ? { price_type: type } : {}), ...(prices ? { prices } : {}) } },
      category: params.category ?? "paid",
      created: unit.now,
      customer: customer.id,
      customer_account: null,
      effective_at: params.effective_at ?? unit.now,
      expires_at: params.expires_at ?? null,
      livemode: false,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
      priority: params.priority ?? 50,
      test_clock: unit.testClock,
      updated: unit.now,
      voided_at: null,
    },
    "billing.credit_grant.created",
  );
  const amount = money(currencyOf(grant), params.amount.monetary.value);
  move(unit, grant, { credit: { amount, credits_application_invoice_voided: null, type: "credits_granted" } });
  watchEnd(unit, grant);
  return grant;
}

const mustBeOpen = (unit: Unit, grant: CreditGrant): void => {
  if (grant.voided_at !== null) throw refused("This credit grant has been voided.");
  if (grant.expires_at !== null && grant.expires_at <= unit.now) throw refused("This credit grant has expired.");
};

/** A grant's day has come: what is left of it goes. */
export function expireGrant(unit: Unit, id: string): void {
  const grant = unit.world.creditGrants.get(id);
  if (grant && grant.expires_at !== null && grant.expires_at <= unit.now) close(unit, grant, "credits_expired");
}

export const creditGrantOperations = [
  operation("POST", path, newGrant, ({ unit }, params) => createGrant(unit, params)),
  operation("GET", path, { ...paging, customer: text(), customer_account: later() }, ({ unit, url }, by) =>
    pageOf(url, unit.world.creditGrants, by, { where: sent({ customer: by.customer }) }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.creditGrants, ids[0])),
  operation(
    "POST",
    `${path}/:id`,
    { expires_at: clearable(integer(0)), metadata: metadata() },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.creditGrants, ids[0]);
      mustBeOpen(unit, current);
      if (typeof params.expires_at === "number" && params.expires_at <= unit.now)
        throw invalid("The `expires_at` timestamp must be in the future.", "expires_at");
      const patch = {
        expires_at: params.expires_at === undefined ? current.expires_at : params.expires_at,
        metadata: mergeMetadata(current.metadata, params.metadata),
        updated: unit.now,
      };
      const changed = change(unit, unit.world.creditGrants, current, patch, "billing.credit_grant.updated");
      watchEnd(unit, changed);
      return changed;
    },
  ),
  operation("POST", `${path}/:id/expire`, {}, ({ unit, ids }) => {
    const current = inPath(unit.world.creditGrants, ids[0]);
    mustBeOpen(unit, current);
    close(unit, current, "credits_expired");
    const patch = { expires_at: unit.now, updated: unit.now };
    return change(unit, unit.world.creditGrants, current, patch, "billing.credit_grant.updated");
  }),
  operation("POST", `${path}/:id/void`, {}, ({ unit, ids }) => {
    const current = inPath(unit.world.creditGrants, ids[0]);
    mustBeOpen(unit, current);
    if (balanceOf(unit.world, current) < (current.amount.monetary?.value ?? 0))
      throw refused("A credit grant that has been applied to an invoice cannot be voided.");
    close(unit, current, "credits_voided");
    const patch = { updated: unit.now, voided_at: unit.now };
    return change(unit, unit.world.creditGrants, current, patch, "billing.credit_grant.updated");
  }),
  operation(
    "GET",
    "/v1/billing/credit_balance_summary",
    {
      customer: text(),
      customer_account: later(),
      filter: required(
        hash({
          applicability_scope: scope,
          credit_grant: text(),
          type: required(oneOf(["applicability_scope", "credit_grant"])),
        }),
      ),
    },
    ({ unit }, by) => {
      const { world } = unit;
      if (by.customer === undefined)
        throw invalid("Missing required param: customer.", "customer", "parameter_missing");
      const customer = inParam(world.customers, by.customer, "customer").id;
      const { filter } = by;
      const wanted = filter.applicability_scope;
      if (filter.type === "applicability_scope" && !wanted)
        throw invalid(
          "Missing required param: filter[applicability_scope].",
          "filter[applicability_scope]",
          "parameter_missing",
        );
      if (filter.type === "credit_grant")
        inParam(world.creditGrants, filter.credit_grant ?? "", "filter[credit_grant]");
      const grants = world.creditGrants
        .by("customer", customer)
        .filter((one) =>
          filter.type === "credit_grant"
            ? one.id === filter.credit_grant
            : wanted?.prices
              ? wanted.prices.some((price) => appliesTo(world, one, price.id))
              : true,
        );
      const sums = new Map<string, { available: number; ledger: number }>();
      for (const grant of grants) {
        const known = sums.get(currencyOf(grant)) ?? { available: 0, ledger: 0 };
        const left = balanceOf(world, grant);
        const usable = isEffective(grant, unit.now) ? left : 0;
        sums.set(currencyOf(grant), { available: known.available + usable, ledger: known.ledger + left });
      }
      return {
        object: "billing.credit_balance_summary",
        balances: [...sums].map(([spoken, one]) => ({
          available_balance: money(spoken, one.available),
          ledger_balance: money(spoken, one.ledger),
        })),
        customer,
        customer_account: null,
        livemode: false,
      };
    },
  ),
  operation(
    "GET",
    "/v1/billing/credit_balance_transactions",
    { ...paging, credit_grant: text(), customer: text(), customer_account: later() },
    ({ unit, url }, by) => {
      const { world } = unit;
      return pageOf(url, world.creditMovements, by, {
        where: sent({ credit_grant: by.credit_grant }),
        matches: (one) =>
          by.customer === undefined ||
          idOf(world.creditGrants.get(idOf(one.credit_grant) ?? "")?.customer) === by.customer,
      });
    },
  ),
  operation("GET", "/v1/billing/credit_balance_transactions/:id", {}, ({ unit, ids }) =>
    inPath(unit.world.creditMovements, ids[0]),
  ),
];

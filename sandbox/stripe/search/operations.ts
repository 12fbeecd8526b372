import type { Collection, Stored } from "../../store/collection.ts";
import { invalid } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { integer, required, text as textParam } from "../api/params.ts";
import type { World } from "../world.ts";
import { type Field, matcher, number, text, word } from "./fields.ts";
import { readQuery } from "./query.ts";

interface Searched {
  collection(world: World): Collection<Stored>;
  fields: Record<string, Field>;
}

const all = (world: World, name: keyof World) => world[name] as unknown as Collection<Stored>;
const amounts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, number(name)]));
const words = (...names: string[]) => Object.fromEntries(names.map((name) => [name, word(name)]));
const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, text(name)]));
const card = "payment_method_details.card";

/** What can be searched, and by which fields; metadata by every key. */
const searched: Record<string, Searched> = {
  charges: {
    collection: (world) => all(world, "charges"),
    fields: {
      ...amounts("amount", "created", `${card}.exp_month`, `${card}.exp_year`),
      ...words("currency", "customer", "disputed", "refunded", "status", "billing_details.address.postal_code"),
      ...words(`${card}.brand`, `${card}.fingerprint`, `${card}.last4`),
    },
  },
  customers: {
    collection: (world) => all(world, "customers"),
    fields: { ...amounts("created"), ...texts("email", "name", "phone") },
  },
  invoices: {
    collection: (world) => all(world, "invoices"),
    fields: {
      ...amounts("created", "total"),
      ...words("currency", "customer", "number", "receipt_number", "status"),
      last_finalization_error_code: word("last_finalization_error.code"),
      last_finalization_error_type: word("last_finalization_error.type"),
      subscription: word("parent.subscription_details.subscription"),
    },
  },
  payment_intents: {
    collection: (world) => all(world, "paymentIntents"),
    fields: { ...amounts("amount", "created"), ...words("currency", "customer", "status") },
  },
  prices: {
    collection: (world) => all(world, "prices"),
    fields: words("active", "billing_scheme", "currency", "lookup_key", "product", "type"),
  },
  products: {
    collection: (world) => all(world, "products"),
    fields: { ...words("active", "shippable", "url"), ...texts("description", "name") },
  },
  subscriptions: {
    collection: (world) => all(world, "subscriptions"),
    fields: { ...amounts("canceled_at", "created"), ...words("status") },
  },
};

/** A page is known by the last object before it, in a form that nobody takes for an id. */
const tokenOf = (id: string): string => Buffer.from(id).toString("base64url");
const idBehind = (token: string): string => Buffer.from(token, "base64url").toString();

/** How many objects a search finds, for whoever wants to know that as well. */
const counts = new WeakMap<object, () => number>();
const mostCounted = 10_000;

export function totalOf(answer: object): number | undefined {
  return counts.get(answer)?.();
}

export const searchOperations = Object.entries(searched).map(([resource, { collection, fields }]) =>
  operation(
    "GET",
    `/v1/${resource}/search`,
    { limit: integer(1, 100), page: textParam(), query: required(textParam()) },
    ({ unit, url }, params) => {
      const from = collection(unit.world);
      const matches = matcher(readQuery(params.query), fields, resource);
      const after = params.page === undefined ? undefined : idBehind(params.page);
      if (after !== undefined && !from.get(after)) throw invalid("Invalid page.", "page");
      const { data, hasMore } = from.page({
        limit: params.limit ?? 10,
        matches,
        ...(after === undefined ? {} : { startingAfter: after }),
      });
      const last = data.at(-1);
      const answer = {
        object: "search_result",
        data,
        has_more: hasMore,
        next_page: hasMore && last ? tokenOf(last.id) : null,
        url,
      };
      counts.set(answer, () => from.page({ limit: mostCounted, matches }).data.length);
      return answer;
    },
  ),
);

import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PROCEDURES } from "./authorization-table.ts";
import { appRouter } from "./router.ts";

/** What nobody may say of himself, or of what something costs. */
const OURS =
  /^(role|staffRole|isAdmin|admin|tenantId|userId|customerId|ownerId|price|amount|total|balance|status|state|currency|discount|taxRateBps|emailVerified|permissions|scopes|createdAt|__proto__|constructor|prototype)$/;

/** Where such a word is an input all the same, and why it decides nothing that is not the caller's. */
const MEANT: Readonly<Record<string, string>> = {
  "apiKeys.make scopes": "what the key may do for its owner, at most what the owner may",
  "apiKeys.organization.make scopes": "what the key may do for an organization that the caller looks after",
  "catalog.memberships.list currency": "in which of the shop's currencies it is shown",
  "catalog.products.get currency": "in which of the shop's currencies it is shown",
  "catalog.products.list currency": "in which of the shop's currencies it is shown",
  "checkout.buyCredits currency": "one of those the shop sells in; the amount is the shop's own",
  "checkout.credits.saveSettings currency": "one of those the shop sells in; what a top-up costs is the shop's own",
  "checkout.packs currency": "in which of the shop's currencies it is shown",
  "checkout.cart.add currency": "one of those the shop sells in; the amount is the shop's own",
  "checkout.start currency": "one of those the shop sells in; the amount is the shop's own",
  "organizations.invitations.invite role": "what somebody else is to be in an organization that the caller looks after",
  "organizations.members.changeRole role": "what somebody else is to be in an organization that the caller looks after",
};

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema | readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly type?: string;
};

const inputs = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { inputs: readonly z.ZodType[] } }>,
).flatMap(([path, { _def }]) => _def.inputs.map((schema) => [path, schema] as const));

/** Every object that an input may hold, at any depth. */
function objectsIn(schema: Schema): Schema[] {
  const within = [
    ...Object.values(schema.properties ?? {}),
    ...[schema.items ?? []].flat(),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  return [...(schema.properties ? [schema] : []), ...within.flatMap(objectsIn)];
}
const shapeOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Schema;

describe("R29: what a caller may say", () => {
  test("there are inputs to look at", () => expect(inputs.length).toBeGreaterThan(60));

  test.each(inputs)("%s takes nothing that it does not name", (_path, schema) => {
    for (const object of objectsIn(shapeOf(schema))) expect(object.additionalProperties).toBe(false);
  });

  const open = inputs.filter(([path]) => ["public", "customer", "verified"].includes(String(PROCEDURES[path])));
  test.each(open)(
    "%s lets no visitor or customer say who they are, what something costs or how it stands",
    (path, schema) => {
      const said = objectsIn(shapeOf(schema)).flatMap(({ properties }) => Object.keys(properties ?? {}));
      expect(said.filter((name) => OURS.test(name) && !(`${path} ${name}` in MEANT))).toEqual([]);
    },
  );

  test.each(inputs)("%s drops or refuses a role, a price, a prototype", (_path, schema) => {
    const smuggled = JSON.parse(
      '{"role":"owner","isAdmin":true,"tenantId":"x","balance":1,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
    );
    const parsed = schema.safeParse(smuggled);
    const kept =
      parsed.success && typeof parsed.data === "object" && parsed.data !== null ? Object.keys(parsed.data) : [];
    for (const name of ["isAdmin", "tenantId", "balance", "__proto__", "constructor"]) expect(kept).not.toContain(name);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

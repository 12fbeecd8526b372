import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "../locale.ts";
import { officeChoices, planChoices } from "./office-life.ts";

const PLANS_IN = ["USD", "EUR", "SEK"];

/** What an offer can be for, and what it can put in its place: every membership and every plan that is for sale. */
export async function offerChoices(caller: AppLoadContext["caller"], locale: Locale) {
  const memberships = (await caller.catalog.memberships.list({ currency: "SEK" })).items;
  const { plans } = await caller.entitlements.plans();
  return {
    products: [
      ...memberships.map(({ id, name }) => ({ id, name: name[locale] })),
      ...plans.map(({ productId, code, name }) => ({ id: productId, name: name[locale] || code })),
    ],
    instead: [
      ...officeChoices(memberships, locale),
      ...PLANS_IN.flatMap((currency) => planChoices(plans, currency, locale)),
    ].filter(({ value }, index, all) => all.findIndex((one) => one.value === value) === index),
  };
}

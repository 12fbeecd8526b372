import type { Translate } from "../i18n/translate.ts";

const GOODS = ["clothes", "equipment", "accessories", "recovery"] as const;
/** What is sold elsewhere than among the goods. */
const OTHERS = {
  membership: "office.products.kind.membership",
  credits: "office.products.kind.credit_pack",
  plans: "office.products.kind.plan",
} as const;

/** The categories of the shop by their names. One that a product has and that is none of them stays its own. */
export function categoryChoices(t: Translate, present?: string): { value: string; label: string }[] {
  const known = GOODS.map((value) => ({ value, label: t(`shop.products.category.${value}`) }));
  if (present === undefined || known.some(({ value }) => value === present)) return known;
  const other = Object.entries(OTHERS).find(([value]) => value === present);
  return [{ value: present, label: other ? t(other[1]) : present }, ...known];
}

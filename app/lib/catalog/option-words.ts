import type { Translate } from "../i18n/translate.ts";

const OPTIONS = ["color", "size", "billing", "resistance", "surface"] as const;

/** What an option is called; one that staff made up is called by its own name. */
export function optionName(t: Translate, name: string): string {
  const known = OPTIONS.find((one) => one === name);
  return known ? t(`shop.product.options.${known}`) : name;
}

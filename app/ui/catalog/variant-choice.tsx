import { useState } from "react";
import type { CatalogItem } from "~/lib/catalog/catalog-types.ts";
import { optionName } from "~/lib/catalog/option-words.ts";
import { type OptionValue, optionValues, type Picks, pickedVariant } from "~/lib/catalog/variant-pick.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { type Choice, RadioGroup } from "../radio-group.tsx";

type VariantChoiceProps = {
  product: Pick<CatalogItem, "variants" | "optionNames">;
  picks: Picks;
  onPick: (picks: Picks) => void;
};

/** What is chosen, from the address or by hand. */
export function usePicks(initial: Picks): [Picks, (picks: Picks) => void] {
  const [picks, setPicks] = useState(initial);
  return [picks, setPicks];
}

/**
 * One radio group per option. Nothing is out of reach: a value that is sold out or not made together with the others can be
 * chosen, and says so in words. Without JavaScript the server says it after the press.
 */
export function VariantChoice({ product: { variants, optionNames }, picks, onPick }: VariantChoiceProps) {
  const t = useT();
  if (variants.length === 1) return null;
  const others = (name: string) =>
    optionNames
      .filter((other) => other !== name)
      .map((other) => variants.find((variant) => variant.codes[other] === picks[other])?.options[other] ?? "")
      .join(", ");
  const words = (value: OptionValue, name: string): Pick<Choice, "hint" | "unavailable"> => {
    if (value.state === "missing") return { unavailable: t("shop.product.missingShort", { other: others(name) }) };
    if (value.state === "sold_out") return { unavailable: t("shop.stock.out") };
    return value.left === null ? {} : { hint: t("shop.stock.left", { count: value.left }) };
  };
  return (
    <div
      className="flex flex-col gap-6"
      onChange={(event) => {
        const { target } = event;
        if (target instanceof HTMLInputElement && target.name.startsWith("option."))
          onPick({ ...picks, [target.name.slice("option.".length)]: target.value });
      }}
    >
      {optionNames.map((name) => (
        <RadioGroup
          key={name}
          legend={optionName(t, name)}
          name={`option.${name}`}
          layout="cards"
          required
          defaultValue={picks[name] ?? ""}
          choices={optionValues(variants, optionNames, name, picks).map((value) => ({
            value: value.code,
            label: value.label,
            ...words(value, name),
          }))}
        />
      ))}
      <span className="sr-only" role="status">
        {pickedVariant(variants, optionNames, picks)
          ? ""
          : t("shop.product.missing", { choice: choiceWords(variants, optionNames, picks) })}
      </span>
    </div>
  );
}

/** `Svart, M`: what is chosen, in words. */
export function choiceWords(variants: CatalogItem["variants"], names: readonly string[], picks: Picks): string {
  return names
    .map((name) => variants.find((variant) => variant.codes[name] === picks[name])?.options[name] ?? picks[name] ?? "")
    .filter(Boolean)
    .join(", ");
}

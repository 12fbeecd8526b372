import { Form } from "@remix-run/react";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "./button.tsx";
import { buttonClass } from "./button-style.ts";
import { type FilterToken, FilterTokens } from "./filter-tokens.tsx";
import { Icon } from "./icon.tsx";

type FilterBarProps = {
  label: string;
  /** Fields of the form; their names are the address's parameters. */
  children: ReactNode;
  /** What is filtered now, each removable. */
  tokens?: readonly FilterToken[];
  clearHref?: string;
};

/** Filters live in the address: a GET form that works without JavaScript, and links that take filters away. */
export function FilterBar({ label, children, tokens = [], clearHref }: FilterBarProps) {
  const t = useT();
  const id = useId();
  return (
    <div className="flex flex-col gap-3">
      {/* On a phone the list comes first and the fields are asked for: a box to tick, which needs no script. */}
      <input id={id} type="checkbox" className="peer sr-only md:hidden" />
      <label
        htmlFor={id}
        className={`${buttonClass({ variant: "outline", size: "compact" })} w-fit cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 md:hidden`}
      >
        <Icon of={SlidersHorizontal} size={16} />
        {t("words.filters")}
      </label>
      <Form
        method="get"
        role="search"
        aria-label={label}
        className="flex flex-wrap items-end gap-3 max-md:hidden max-md:peer-checked:flex [&_label]:text-14"
      >
        {children}
        <Button type="submit" size="compact">
          {t("words.filter")}
        </Button>
      </Form>
      <FilterTokens tokens={tokens} {...(clearHref === undefined ? {} : { clearHref })} />
    </div>
  );
}

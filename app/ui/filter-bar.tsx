import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "./button.tsx";
import { type FilterToken, FilterTokens } from "./filter-tokens.tsx";

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
  return (
    <div className="flex flex-col gap-3">
      <Form method="get" role="search" aria-label={label} className="flex flex-wrap items-end gap-3 [&_label]:text-14">
        {children}
        <Button type="submit" size="compact">
          {t("words.filter")}
        </Button>
      </Form>
      <FilterTokens tokens={tokens} {...(clearHref === undefined ? {} : { clearHref })} />
    </div>
  );
}

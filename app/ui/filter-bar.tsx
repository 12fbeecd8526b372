import { Form, Link } from "@remix-run/react";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export type FilterToken = { label: string; removeHref: string };

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
      <Form method="get" role="search" aria-label={label} className="flex flex-wrap items-end gap-3">
        {children}
        <Button type="submit" size="compact">
          {t("words.filter")}
        </Button>
      </Form>
      {tokens.length > 0 && (
        <ul className="flex flex-wrap items-center gap-2">
          {tokens.map((token) => (
            <li key={token.label}>
              <Link
                to={token.removeHref}
                className="inline-flex min-h-8 items-center gap-1 rounded-compact border border-line-strong bg-surface px-2 text-14 no-underline hover:bg-sunken"
              >
                {token.label}
                <Icon of={X} size={16} />
                <span className="sr-only">{t("words.clearOne", { what: token.label })}</span>
              </Link>
            </li>
          ))}
          {clearHref && (
            <li>
              <Link to={clearHref} className="text-14">
                {t("words.clearFilters")}
              </Link>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

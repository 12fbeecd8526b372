import { Link } from "@remix-run/react";
import { X } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Icon } from "./icon.tsx";

export type FilterToken = { label: string; removeHref: string };

/** What a list is narrowed to, each thing removable by a link. */
export function FilterTokens({ tokens, clearHref }: { tokens: readonly FilterToken[]; clearHref?: string }) {
  const t = useT();
  if (tokens.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-2">
      {tokens.map((token) => (
        <li key={token.label}>
          <Link
            to={token.removeHref}
            className="inline-flex min-h-8 items-center gap-1 rounded-compact border border-line-strong bg-surface px-2 text-14 no-underline hover:bg-sunken pointer-coarse:min-h-11"
          >
            {token.label}
            <Icon of={X} size={16} />
            <span className="sr-only">{t("words.clearOne", { what: token.label })}</span>
          </Link>
        </li>
      ))}
      {clearHref && (
        <li>
          <Link to={clearHref} className="inline-flex min-h-8 items-center text-14">
            {t("words.clearFilters")}
          </Link>
        </li>
      )}
    </ul>
  );
}

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Icon } from "./icon.tsx";
import { LinkButton } from "./link-button.tsx";

type KeysetPagingProps = {
  previousHref: string | null;
  nextHref: string | null;
  /** Which rows are shown, where that is known. */
  showing?: { from: number; to: number };
  /** What it leads through, where a page has more than one. */
  label?: string;
};

/** Previous and next by a place in the list, not by page number: rows do not repeat when new ones arrive. */
export function KeysetPaging({ previousHref, nextHref, showing, label }: KeysetPagingProps) {
  const t = useT();
  if (!previousHref && !nextHref && !showing) return null;
  return (
    <nav
      aria-label={label === undefined ? t("words.pages") : `${t("words.pages")}: ${label}`}
      className="flex flex-wrap items-center justify-between gap-3 pt-3"
    >
      <p className="text-14 text-fg-muted">{showing && t("words.showing", showing)}</p>
      <div className="flex gap-2">
        {previousHref && (
          <LinkButton to={previousHref} size="compact" rel="prev" icon={<Icon of={ChevronLeft} size={16} />}>
            {t("words.previous")}
          </LinkButton>
        )}
        {nextHref && (
          <LinkButton to={nextHref} size="compact" rel="next">
            {t("words.next")}
            <Icon of={ChevronRight} size={16} />
          </LinkButton>
        )}
      </div>
    </nav>
  );
}

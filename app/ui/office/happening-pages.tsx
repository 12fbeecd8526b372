import { useT } from "~/lib/i18n/language.tsx";
import { TIMELINE_PLACE } from "~/lib/page/part-place.ts";
import { PartPaging } from "../part-paging.tsx";
import { type Happening, Happenings } from "./happenings.tsx";
import { OfficeSection } from "./office-section.tsx";

type HappeningPagesProps = {
  title: string;
  page: {
    readonly items: readonly Happening[];
    readonly nextCursor: string | null;
    readonly previousCursor: string | null;
  };
};

/** Everything that happened with what a page is about, the newest first, a page at a time. */
export function HappeningPages({ title, page }: HappeningPagesProps) {
  const t = useT();
  return (
    <OfficeSection id={TIMELINE_PLACE} title={title}>
      {page.items.length === 0 ? (
        <p className="text-fg-muted">{t("office.happened.nothing")}</p>
      ) : (
        <Happenings entries={page.items} />
      )}
      <PartPaging name={TIMELINE_PLACE} page={page} />
    </OfficeSection>
  );
}

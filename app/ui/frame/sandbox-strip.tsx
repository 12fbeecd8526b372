import { formatDateTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";

/** Says on every page of the sandbox that no money moves, and what its clock shows. */
export function SandboxStrip({ url, now }: { url: string; now: string }) {
  return <Strip url={url} minute={`${now.slice(0, 16)}Z`} />;
}

const Strip = drawnOnce("sandbox-strip", ({ url, minute }: { url: string; minute: string }) => {
  const t = useT();
  const locale = useLocale();
  return (
    <aside className="no-print border-b border-line bg-sunken text-13">
      <p className="mx-auto flex max-w-office flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-1.5 md:px-6">
        <span>{t("words.sandbox", { now: formatDateTime(minute, locale, "prose") })}</span>
        <a href={url} className="inline-flex min-h-6 items-center">
          {t("words.sandbox.open")}
        </a>
      </p>
    </aside>
  );
});

import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "./class-names.ts";

/** Stands where text will come, at its final height, and only if the wait is long enough to notice. */
export function Skeleton({ lines = 3, lineHeight = "h-6" }: { lines?: number; lineHeight?: string }) {
  const t = useT();
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">{t("words.loading")}</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span key={line} aria-hidden="true" className={classNames("flex items-center", lineHeight)}>
          <span
            className={classNames(
              "appear-late h-3 rounded-tag bg-line",
              line === lines - 1 && lines > 1 ? "w-2/3" : "w-full",
            )}
          />
        </span>
      ))}
    </div>
  );
}

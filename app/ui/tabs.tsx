import { Link } from "@remix-run/react";
import { classNames } from "./class-names.ts";

export type Tab = { to: string; label: string; current: boolean; count?: number };

/** Views of one thing, each with its own address. `segmented` for a choice of two or three, such as month and year. */
export function Tabs({
  label,
  tabs,
  look = "line",
}: {
  label: string;
  tabs: readonly Tab[];
  look?: "line" | "segmented";
}) {
  const segmented = look === "segmented";
  return (
    <nav
      aria-label={label}
      className={
        segmented ? "inline-flex rounded-control border border-control bg-surface p-1" : "border-b border-line"
      }
    >
      <ul className={classNames("flex", segmented ? "gap-1" : "-mb-px gap-6 overflow-x-auto")}>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <Link
              to={tab.to}
              preventScrollReset
              aria-current={tab.current ? "page" : undefined}
              className={classNames(
                "flex min-h-11 items-center gap-2 whitespace-nowrap no-underline hover:no-underline",
                segmented
                  ? "rounded-compact px-4 hover:bg-sunken aria-[current]:bg-solid aria-[current]:text-on-solid"
                  : "border-b-2 border-transparent text-fg-muted hover:text-fg aria-[current]:border-fg aria-[current]:font-medium aria-[current]:text-fg",
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="tabular text-13">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

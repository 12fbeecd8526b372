import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type Description = { term: string; value: ReactNode; action?: ReactNode };

/** Facts with their names: label left, value right, an action at the end of the row. `prose` stacks on a phone. */
export function DescriptionList({ rows, prose = false }: { rows: readonly Description[]; prose?: boolean }) {
  // An empty column at the end would still keep its distance.
  const withActions = rows.some((row) => row.action);
  return (
    <dl className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <div
          key={row.term}
          className={classNames(
            "grid items-baseline gap-x-4 py-3",
            withActions ? "grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]" : "grid-cols-[minmax(0,2fr)_minmax(0,3fr)]",
            prose && "max-sm:grid-cols-1",
          )}
        >
          <dt className="text-fg-muted">{row.term}</dt>
          <dd className={classNames("tabular min-w-0", !prose && "max-sm:text-right")}>{row.value}</dd>
          {row.action ? <dd>{row.action}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

import type { ReactNode } from "react";

export type Description = { term: string; value: ReactNode; action?: ReactNode };

/** Facts with their names: label left, value right, an action at the end of the row. */
export function DescriptionList({ rows }: { rows: readonly Description[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <div key={row.term} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-baseline gap-x-4 py-3">
          <dt className="text-fg-muted">{row.term}</dt>
          <dd className="tabular min-w-0 max-sm:text-right">{row.value}</dd>
          {row.action ? <dd>{row.action}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

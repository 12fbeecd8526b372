import type { ReactNode } from "react";

/** One number and what it is. */
export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <dt className="text-14 text-fg-muted">{label}</dt>
      <dd className="tabular text-26 font-bold">{value}</dd>
      {note && <dd className="text-14 text-fg-muted">{note}</dd>}
    </div>
  );
}

/** Stats side by side, wrapping on a phone. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className="flex flex-wrap gap-x-10 gap-y-6">{children}</dl>;
}

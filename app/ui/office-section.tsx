import type { ReactNode } from "react";

/** A part of a back office page under its own heading. */
export function OfficeSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="text-18 font-bold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

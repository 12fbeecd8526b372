import type { ReactNode } from "react";

/** A part of a storefront page under its own heading, on the page's grid. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="mx-auto flex w-full max-w-shop flex-col gap-6 px-4 py-8 md:px-6 md:py-12">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="text-26 md:text-34">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

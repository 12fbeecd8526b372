import type { ReactNode } from "react";
import { WholeWords } from "../whole-words.tsx";

type OfficeSectionProps = { title: string; aside?: ReactNode; id?: string; children: ReactNode };

/** A part of a back office page under its own heading. */
export function OfficeSection({ title, aside, id, children }: OfficeSectionProps) {
  return (
    <section id={id} className="flex flex-col gap-3 scroll-mt-20">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="text-18 font-bold">
          <WholeWords>{title}</WholeWords>
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

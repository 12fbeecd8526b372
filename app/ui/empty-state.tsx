import type { ReactNode } from "react";
import { Art, type ArtName } from "./art/art.tsx";
import { WholeWords } from "./whole-words.tsx";

/** Why there is nothing here, and what to do next. */
export function EmptyState({
  title,
  children,
  action,
  art,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  art?: ArtName;
}) {
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border border-line bg-surface p-6 md:p-10">
      {art && <Art name={art} className="size-24" />}
      <div className="flex max-w-prose flex-col gap-1">
        <h2 className="text-21 font-bold">
          <WholeWords>{title}</WholeWords>
        </h2>
        {children && <div className="text-fg-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}

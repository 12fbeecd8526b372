import type { ReactNode } from "react";
import { ErrorSummary, type SummarizedError } from "./error-summary.tsx";
import { WholeWords } from "./whole-words.tsx";

type FormPageProps = {
  title: string;
  lead?: ReactNode;
  summary?: { errors: readonly SummarizedError[]; form: readonly string[] };
  children: ReactNode;
};

/** A page that is one form: what is wrong first, then what it is for, then the fields. */
export function FormPage({ title, lead, summary, children }: FormPageProps) {
  return (
    <div className="mx-auto flex w-full max-w-form flex-col gap-6 px-4 pt-8 md:pt-16">
      {summary && <ErrorSummary {...summary} />}
      <div className="flex flex-col gap-2">
        <h1 className="text-34">
          <WholeWords>{title}</WholeWords>
        </h1>
        {lead && <p className="text-18 text-fg-muted">{lead}</p>}
      </div>
      {children}
    </div>
  );
}

import { Scale, TriangleAlert } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Badge } from "./badge.tsx";
import { Moment } from "./moment.tsx";

type Verification = { at: Date | string; postings: number; problems: readonly string[] };

/** Whether the books balanced when they were last verified, and when that was. */
export function BooksBalance({ of }: { of: Verification | null }) {
  const t = useT();
  if (!of) return <Badge tone="neutral">{t("ledger.neverVerified")}</Badge>;
  const whole = of.problems.length === 0;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone={whole ? "ok" : "bad"} icon={whole ? Scale : TriangleAlert}>
        {whole ? t("ledger.balances") : t("ledger.doesNotBalance")}
      </Badge>
      <span className="text-fg-muted">
        {t("ledger.verifiedPostings", { count: of.postings })} · <Moment at={of.at} withTime />
      </span>
    </span>
  );
}

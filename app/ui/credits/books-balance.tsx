import { Link } from "@remix-run/react";
import { Scale, TriangleAlert } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";
import { Moment } from "../moment.tsx";

type Verification = { at: Date | string; postings: number; problems: readonly string[] };

/** Whether the books balanced when they were last verified, when that was, and the way to every entry. */
export function BooksBalance({ of }: { of: Verification | null }) {
  const t = useT();
  if (!of) return <Badge tone="neutral">{t("ledger.neverVerified")}</Badge>;
  const whole = of.problems.length === 0;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Link to="/admin/ledger" className="no-underline">
        <Badge tone={whole ? "ok" : "bad"} icon={whole ? Scale : TriangleAlert}>
          {whole ? t("ledger.balances") : t("ledger.doesNotBalance")}
        </Badge>
      </Link>
      <span className="text-fg-muted">
        {t("ledger.verifiedPostings", { count: of.postings })} · <Moment at={of.at} withTime /> ·{" "}
        <Link to="/admin/ledger/entries">{t("ledger.allEntries")}</Link>
      </span>
    </span>
  );
}

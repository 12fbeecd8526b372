import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { BooksBalance } from "~/ui/credits/books-balance.tsx";
import { CreditDecision } from "~/ui/credits/credit-decision.tsx";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const [credits, ledger] = await Promise.all([caller.credits.office.overview(), caller.ledger.status()]);
    const mayDecide = viewer.role === "owner" || viewer.role === "finance";
    return { locale, credits, verified: ledger.last, mayDecide };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const [id, reason, decision] = [form.text("id"), form.text("reason"), form.text("decision")];
    try {
      if (decision === "debt" || decision === "let_go")
        await caller.credits.office.decideReclaim({ id, decision, reason });
      else await caller.credits.office.decideAdjustment({ id, approve: decision === "approve", reason });
      return data({ refused: null });
    } catch (error) {
      const refused = refusalOf(error)?.code;
      // A role that may not decide at all is told so by the page of refusals, like everywhere.
      if (!refused?.startsWith("credits.") && refused !== "invalid") throw error;
      return data({ refused }, { status: formStatus(args.request, 409) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("crediting.title"), locale });
};

/** What is owed in credits, and what waits for somebody to decide. */
export default function Credits() {
  const t = useT();
  const { credits, verified, mayDecide } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const amount = (number: number) => <LedgerAmount of={{ amount: number, currency: "CREDIT" }} />;
  /** One account leads to its entries, many to their list. */
  const entries = (kind: string, one?: string) => (
    <Link
      className="underline"
      to={one ? `/admin/ledger/entries?account=${encodeURIComponent(one)}` : `/admin/ledger?kind=${kind}`}
    >
      {t(one ? "ledger.entries" : "crediting.entries")}
    </Link>
  );
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h1 className="text-26 font-bold">{t("crediting.title")}</h1>
        <Link to="/admin/credits/top-ups">{t("crediting.topUps.link")}</Link>
      </div>
      <BooksBalance of={verified} />
      {result && (
        <Banner
          live
          tone={result.refused ? "bad" : "ok"}
          title={t(result.refused ? "crediting.refused" : "crediting.decided")}
        >
          {result.refused && <code className="font-mono text-13">{result.refused}</code>}
        </Banner>
      )}
      <Stats>
        <Stat label={t("crediting.paid")} value={amount(credits.paid)} note={entries("liability_paid")} />
        <Stat label={t("crediting.given")} value={amount(credits.given)} note={entries("liability_promo")} />
        <Stat label={t("crediting.debt")} value={amount(credits.debt)} note={entries("receivable")} />
        <Stat label={t("crediting.used")} value={amount(credits.used)} note={entries("revenue", "revenue:CREDIT")} />
        <Stat
          label={t("crediting.expired")}
          value={amount(credits.expired)}
          note={entries("breakage", "breakage:CREDIT")}
        />
        {credits.owedMoney.map((of) => (
          <Stat
            key={of.currency}
            label={t("crediting.owedMoney", { currency: of.currency })}
            value={<LedgerAmount of={of} />}
            note={entries("deferred", `deferred:${of.currency}`)}
          />
        ))}
        {credits.earnedMoney.map((of) => (
          <Stat
            key={of.currency}
            label={t("crediting.earnedMoney", { currency: of.currency })}
            value={<LedgerAmount of={of} />}
            note={entries("breakage", `breakage:${of.currency}`)}
          />
        ))}
      </Stats>
      <OfficeSection title={t("crediting.reclaims")}>
        <p className="max-w-prose text-fg-muted">{t("crediting.reclaimsLead")}</p>
        {credits.reclaims.length === 0 && <p>{t("crediting.nothing")}</p>}
        {credits.reclaims.map((reclaim) => (
          <CreditDecision
            key={reclaim.id}
            id={reclaim.id}
            choices={mayDecide ? ["debt", "let_go"] : []}
            title={<Link to={`/admin/credits/${reclaim.customerId}`}>{reclaim.email}</Link>}
          >
            {t(reclaim.cause === "dispute" ? "crediting.reclaim_dispute" : "crediting.reclaim", {
              spent: reclaim.spentCredits,
              taken: reclaim.takenCredits,
            })}{" "}
            {reclaim.decidedCredits > 0 && `${t("crediting.decidedBefore", { decided: reclaim.decidedCredits })} `}
            <Moment at={reclaim.createdAt} withTime />
          </CreditDecision>
        ))}
      </OfficeSection>
      <OfficeSection title={t("crediting.approvals")}>
        {credits.adjustments.length === 0 && <p>{t("crediting.nothing")}</p>}
        {credits.adjustments.map((adjustment) => (
          <CreditDecision
            key={adjustment.id}
            id={adjustment.id}
            choices={mayDecide ? ["approve", "refuse"] : []}
            title={<Link to={`/admin/credits/${adjustment.customerId}`}>{adjustment.email}</Link>}
          >
            {t(`crediting.${adjustment.kind}`)} {amount(adjustment.credits)}: {adjustment.reason}{" "}
            <Moment at={adjustment.requestedAt} withTime />
          </CreditDecision>
        ))}
      </OfficeSection>
    </div>
  );
}

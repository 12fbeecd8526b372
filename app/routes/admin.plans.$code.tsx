import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace } from "~/lib/page/part-place.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { actOnPlan } from "~/lib/plans/planning-acts.server.ts";
import { PLAN_PRICES } from "~/lib/plans/planning-form.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { PartPaging } from "~/ui/part-paging.tsx";
import { PlanDiff, PlanProblems } from "~/ui/plans/plan-check.tsx";
import { PlanDraftForm } from "~/ui/plans/plan-draft-form.tsx";
import { PlanMatrix } from "~/ui/plans/plan-matrix.tsx";
import { PlanPublish, PlanRetire } from "~/ui/plans/plan-steps.tsx";
import { PlanVersions } from "~/ui/plans/plan-versions.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** May say what is sold; the server has the same list. */
const SELLING = ["owner", "marketing"] as const;
const NOTICES = ["saved", "ordered", "discarded", "retired"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const plan = await caller.plans.get({ code: args.params.code ?? "" });
    const moves = await caller.plans.migrations.list({
      code: plan.code,
      limit: 20,
      ...partPlace(args.request, "moves"),
    });
    const done = new URL(args.request.url).searchParams.get("done");
    return {
      ...{ locale, plan, moves, mayWrite: SELLING.some((one) => one === role) },
      notice: NOTICES.find((one) => one === done) ?? null,
      names: Object.fromEntries(plan.features.map(({ key, name }) => [key, name[locale]])),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...SELLING]);
  return answer(args, (context) => actOnPlan(args, context));
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: page?.plan.live?.name[locale] ?? translate(locale)("planning.title"), locale });
};

/** A plan: what is on sale, the version that is being written, and every version before. */
export default function PlanPage() {
  const t = useT();
  const locale = useLocale();
  const { plan, moves, mayWrite, notice, names } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { live, draft, problems, changes } = plan;
  useRefresh(draft?.status === "publishing");
  const writing = mayWrite && draft?.status === "draft" ? draft : null;
  const fine = problems.every(({ severity }) => severity === "warning");
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to="/admin/plans">{t("planning.title")}</Link>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-26 font-bold">{(live ?? draft)?.name[locale] || plan.code}</h1>
          <Badge tone={live ? "ok" : "neutral"}>
            {live ? t("planning.version", { version: live.version }) : t("planning.notOnSale")}
          </Badge>
          <Link to={`/admin/products/${plan.productId}`} className="ml-auto">
            {t("planning.product")}
          </Link>
        </div>
      </div>
      {draft?.status === "publishing" ? (
        <Banner live tone="info" title={t("planning.notice.ordered", { version: draft.version })} />
      ) : (
        notice && notice !== "ordered" && !result && <Banner live tone="ok" title={t(`planning.notice.${notice}`)} />
      )}
      {draft?.refused && (
        <Banner tone="bad" title={t("planning.refused", { reason: draft.refused })}>
          {t("planning.refusedBody")}
        </Banner>
      )}
      <Refused result={result} names={names} />
      {live && (
        <OfficeSection title={t("planning.live")}>
          <p className="flex flex-wrap gap-x-6 gap-y-1 text-18 font-medium">
            {live.content.prices.map((price) => (
              <RecurringSum key={price.lookupKey} of={{ ...price, intervalCount: 1 }} />
            ))}
          </p>
          <p className="max-w-prose text-fg-muted">{live.summary[locale]}</p>
          <PlanMatrix
            plans={[{ code: plan.code, name: live.name[locale], holds: live.content.holds }]}
            features={plan.features.map(({ key }) => ({ key, name: names[key] ?? key }))}
          />
        </OfficeSection>
      )}
      {writing && (
        <>
          <OfficeSection title={t("planning.write")}>
            <p className="break-words text-fg-muted">
              {t("planning.writeHint", {
                version: writing.version,
                who: actorWord(writing.createdBy, writing.who, t) ?? "",
              })}
            </p>
            <PlanDraftForm
              key={`${writing.revision}:${result?.typed ? "typed" : "stored"}`}
              draft={writing}
              features={plan.features}
              usualKeys={plan.usualKeys}
              typed={result?.typed ?? null}
            />
          </OfficeSection>
          <OfficeSection title={t("planning.check")}>
            <PlanProblems problems={problems} names={names} />
          </OfficeSection>
          <OfficeSection title={t("planning.diff")}>
            <PlanDiff changes={changes} names={names} />
          </OfficeSection>
          {fine && (
            <PlanPublish
              revision={writing.revision}
              version={writing.version}
              missing={result?.reasonMissing === "publish"}
            />
          )}
        </>
      )}
      {mayWrite && !draft && (
        <Form method="post" className="flex flex-col gap-2">
          <p className="text-fg-muted">{t("planning.startHint")}</p>
          <div>
            <SubmitButton name="act" value="start" variant="primary" size="compact">
              {t("planning.start")}
            </SubmitButton>
          </div>
        </Form>
      )}
      <OfficeSection title={t("planning.versions")}>
        {live && plan.versions.some(({ status, subscribers }) => status === "retired" && subscribers > 0) && (
          <p>
            <Link to={`/admin/plans/${plan.code}/move`}>{t("moving.begin")}</Link>
          </p>
        )}
        <PlanVersions versions={plan.versions} names={names} mayBegin={mayWrite && !draft} />
        {plan.onlyNewest !== null && (
          <p className="text-fg-muted">{t("planning.onlyNewest", { count: plan.onlyNewest })}</p>
        )}
      </OfficeSection>
      {moves.items.length > 0 && (
        <OfficeSection id="moves" title={t("moving.moves")}>
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {moves.items.map((move) => (
              <li key={move.id} className="flex flex-wrap items-baseline gap-3 py-3">
                <Link to={`/admin/migrations/${move.id}`}>{move.reason}</Link>
                <Badge tone="neutral">{t(`moving.status.${move.status}`)}</Badge>
                <span className="ml-auto text-14 text-fg-muted">
                  <Moment at={move.createdAt} withTime />
                </span>
              </li>
            ))}
          </ul>
          <PartPaging name="moves" page={moves} />
        </OfficeSection>
      )}
      {mayWrite && live && !draft && plan.code !== "pilot" && (
        <PlanRetire missing={result?.reasonMissing === "retire"} />
      )}
    </div>
  );
}

type Result = ReturnType<typeof useActionData<typeof action>>;

/** Why what was pressed was not done. */
function Refused({ result, names }: { result: Result; names: Readonly<Record<string, string>> }) {
  const t = useT();
  if (!result) return null;
  if (result.conflict)
    return (
      <Banner live tone="warn" title={t("planning.conflict")}>
        {t("planning.conflictBody")}
      </Banner>
    );
  if (result.refused) return <Banner live tone="bad" title={result.refused} />;
  if (result.faults.length === 0) return null;
  const label = (name: string) => {
    const price = PLAN_PRICES.find(({ key }) => key === name);
    return price ? t(`planning.amount.${price.interval}`, { currency: price.currency }) : name;
  };
  return (
    <Banner live tone="bad" title={t("planning.unread")}>
      <ul>
        {result.faults.map(({ of, name }) => (
          <li key={name}>
            {of === "grace"
              ? t("planning.unread.grace")
              : of === "trial"
                ? t("planning.unread.trial")
                : of === "price"
                  ? t("planning.unread.price", { price: label(name) })
                  : t("planning.unread.value", { feature: names[name] ?? name })}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

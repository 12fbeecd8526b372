import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { Field } from "~/ui/field.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { MoveReport } from "~/ui/plans/move-report.tsx";
import { MoveTotals } from "~/ui/plans/move-totals.tsx";
import { PlanActReason } from "~/ui/plans/plan-act-reason.tsx";
import { PlanDiff } from "~/ui/plans/plan-check.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** May move what people pay; the server has the same list. */
const FINANCE = ["owner", "finance"] as const;

/** As it was typed; what is no number of days is the usual month. */
function daysOf(typed: string | null): number {
  return /^\d{1,3}$/.test(typed ?? "") && Number(typed) <= 365 ? Number(typed) : 30;
}

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const code = args.params.code ?? "";
    const { searchParams } = new URL(args.request.url);
    const { features, versions, live } = await caller.plans.get({ code });
    const from =
      searchParams.get("from") ??
      versions.find(({ status, subscribers }) => status === "retired" && subscribers > 0)?.id;
    const after = searchParams.get("after") ?? undefined;
    const noticeDays = daysOf(searchParams.get("notice"));
    const report =
      from === undefined || from === live?.id
        ? null
        : await caller.plans.migrations.preview({ fromVersionId: from, after, noticeDays });
    return {
      ...{
        locale,
        code,
        plan: live?.name[locale] || code,
        report,
        after: after ?? null,
        mayMove: FINANCE.some((one) => one === role),
      },
      names: Object.fromEntries(features.map(({ key, name }) => [key, name[locale]])),
      ...{ formKey: crypto.randomUUID(), nowKey: crypto.randomUUID() },
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...FINANCE]);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    const [shown, typed, reason] = [form.wholeNumber("shown"), form.wholeNumber("typed"), form.text("reason").trim()];
    const answerWith = (given: { refused?: string; count?: boolean; reason?: boolean; reasonNow?: boolean }) =>
      data(
        { refused: null, count: false, reason: false, reasonNow: false, ...given },
        { status: formStatus(args.request, 422) },
      );
    const now = form.text("timing") === "now";
    if (shown === undefined || (!now && typed !== shown)) return answerWith({ count: true });
    if (reason.length < 3) return answerWith(now ? { reasonNow: true } : { reason: true });
    try {
      const { id } = await caller.plans.migrations.start({
        ...{ fromVersionId: form.text("from"), toVersionId: form.text("to"), shown, reason },
        timing: now ? "now" : "period_end",
        noticeDays: daysOf(form.text("noticeDays")),
        formKey: form.text("formKey"),
      });
      return redirect(`/admin/migrations/${id}`);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "conflict") throw error;
      return answerWith({ refused: refusalText(refusal, locale) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("moving.title"), locale });
};

/** What moving everybody on an earlier version would mean for each of them, and the order to do it. */
export default function MovePage() {
  const t = useT();
  const { code, plan, report, after, names, mayMove, formKey, nowKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const here = report && `/admin/plans/${code}/move?from=${report.from.id}&notice=${report.noticeDays}`;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to={`/admin/plans/${code}`}>{plan}</Link>
        </p>
        <h1 className="text-26 font-bold">{t("moving.title")}</h1>
        {report && (
          <p className="max-w-prose text-fg-muted">
            {t("moving.lead", { from: report.from.version, to: report.to.version })}
          </p>
        )}
      </div>
      {result?.refused && <Banner live tone="warn" title={result.refused} />}
      {report === null ? (
        <p>{t("moving.nobody")}</p>
      ) : (
        <>
          {report.changes.length > 0 && (
            <OfficeSection title={t("moving.difference")}>
              <PlanDiff changes={report.changes} names={names} />
            </OfficeSection>
          )}
          <OfficeSection title={t("moving.totals")}>
            <MoveTotals totals={report.totals} />
          </OfficeSection>
          <OfficeSection title={t("moving.notice")}>
            <Form method="get" className="flex max-w-form flex-wrap items-end gap-3">
              <input type="hidden" name="from" value={report.from.id} />
              <div className="grow">
                <Field
                  compact
                  name="notice"
                  label={t("moving.noticeDays")}
                  hint={t("moving.noticeHint")}
                  inputMode="numeric"
                  maxLength={3}
                  defaultValue={String(report.noticeDays)}
                />
              </div>
              <SubmitButton size="compact">{t("moving.noticeShow")}</SubmitButton>
            </Form>
          </OfficeSection>
          <OfficeSection title={t("moving.each")}>
            <MoveReport movers={report.movers} names={names} />
            <KeysetPaging
              previousHref={after === null ? null : here}
              nextHref={report.next && `${here}&after=${report.next}`}
            />
          </OfficeSection>
          {mayMove && report.movable > 0 && (
            <OfficeSection title={t("moving.order")}>
              <Form
                method="post"
                className="flex max-w-form flex-col gap-4 rounded-card border border-line bg-surface p-4"
              >
                <p>{t("moving.orderHint")}</p>
                <input type="hidden" name="from" value={report.from.id} />
                <input type="hidden" name="to" value={report.to.id} />
                <input type="hidden" name="noticeDays" value={report.noticeDays} />
                <input type="hidden" name="shown" value={report.movable} />
                <input type="hidden" name="formKey" value={formKey} />
                <Field
                  compact
                  name="typed"
                  label={t("moving.typed", { count: report.movable })}
                  inputMode="numeric"
                  maxLength={9}
                  autoComplete="off"
                  error={result?.count ? t("moving.typedWrong", { count: report.movable }) : undefined}
                />
                <PlanActReason missing={result?.reason === true} />
                <div>
                  <SubmitButton variant="primary" size="compact">
                    {t("moving.do", { count: report.movable })}
                  </SubmitButton>
                </div>
              </Form>
            </OfficeSection>
          )}
          {mayMove && report.movable > 0 && (
            <OfficeSection title={t("moving.orderNow")}>
              <Form
                method="post"
                className="flex max-w-form flex-col gap-4 rounded-card border border-line bg-surface p-4"
              >
                <p>{t("moving.reckonHint")}</p>
                <input type="hidden" name="timing" value="now" />
                <input type="hidden" name="from" value={report.from.id} />
                <input type="hidden" name="to" value={report.to.id} />
                <input type="hidden" name="shown" value={report.movable} />
                <input type="hidden" name="formKey" value={nowKey} />
                <PlanActReason missing={result?.reasonNow === true} />
                <div>
                  <SubmitButton size="compact">{t("moving.reckon", { count: report.movable })}</SubmitButton>
                </div>
              </Form>
            </OfficeSection>
          )}
        </>
      )}
    </div>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { type ExceptionErrors, readException, savedAs } from "~/lib/plans/exception-form.server.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { PlanChanges } from "~/ui/plans/plan-changes.tsx";
import { PlanExceptionForm } from "~/ui/plans/plan-exception-form.tsx";
import { PlanExceptionPreview } from "~/ui/plans/plan-exception-preview.tsx";
import { PlanExceptions } from "~/ui/plans/plan-exceptions.tsx";
import { PlanReasons } from "~/ui/plans/plan-reasons.tsx";

/** May make exceptions; the server has the same list. */
const EXCEPTING = ["owner", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const organizationId = args.params.id ?? "";
    const { searchParams } = new URL(args.request.url);
    const { office } = caller.entitlements;
    const [held, overrides, changes, offered] = await Promise.all([
      office.get({ organizationId }),
      office.overrides({ organizationId, cursor: searchParams.get("exceptions") ?? undefined }),
      office.changes({ organizationId, cursor: searchParams.get("changes") ?? undefined }),
      caller.entitlements.plans(),
    ]);
    const features = held.features.map((feature) => ({ ...feature, name: feature.name[locale] }));
    const nameOf = (key: string) => features.find((one) => one.key === key)?.name ?? key;
    return {
      ...{ organizationId, locale, features, changes, who: held.organization.name },
      plan: held.plan?.name[locale] ?? "",
      overrides: { ...overrides, items: overrides.items.map((one) => ({ ...one, name: nameOf(one.feature) })) },
      names: Object.fromEntries(offered.plans.map(({ code, name }) => [code, name[locale]])),
      saved: searchParams.has("saved"),
      mayExcept: EXCEPTING.some((one) => one === role),
    };
  });
}

/** Says first what an exception would change; only the second form saves it. */
export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...EXCEPTING]);
  return answer(args, async ({ caller, locale }) => {
    const organizationId = args.params.id ?? "";
    const form = await readForm(args.request);
    const { office } = caller.entitlements;
    const asked = readException(form, locale);
    const { typed } = asked;
    const refuse = (refused: string | null, errors: ExceptionErrors = {}) =>
      data({ refused, errors, typed, preview: null, wish: null }, { status: formStatus(args.request, 422) });
    if (!form.maybe("end") && asked.wish === null) return refuse(null, asked.errors);
    try {
      if (form.maybe("end")) {
        await office.endOverride({ organizationId, feature: typed.feature, reason: typed.reason });
      } else if (asked.wish && form.maybe("save")) {
        await office.setOverride({ organizationId, ...asked.wish });
      } else if (asked.wish) {
        const preview = await office.previewOverride({ organizationId, ...asked.wish });
        return { refused: null, errors: {}, typed, preview, wish: savedAs(asked.wish, preview) };
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.kind === "unauthenticated" || refusal.kind === "forbidden") throw error;
      return refuse(refusalText(refusal, locale));
    }
    return redirect(`/admin/entitlements/${encodeURIComponent(organizationId)}?saved`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("plans.office.title"), locale });
};

/** What an organization may do and why, and the exceptions that staff make. */
export default function Entitlements() {
  const t = useT();
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const wrong = answered?.refused ?? Object.values(answered?.errors ?? {}).join(" ");
  const href = (list: "exceptions" | "changes", cursor: string | null) => cursor && `?${list}=${cursor}`;
  return (
    <div className="flex flex-col gap-8">
      {wrong && (
        <Banner live tone="bad" title={t("plans.office.refused")}>
          {wrong}
        </Banner>
      )}
      {page.saved && !answered && <Banner live tone="ok" title={t("plans.office.saved")} />}
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("plans.office.title")}</h1>
        <p>
          <Link to={`/admin/organizations/${page.organizationId}`} className="break-all">
            {page.who ?? t("office.customers.ownOrganization")}
          </Link>
        </p>
      </div>
      {answered?.preview && answered.wish && (
        <PlanExceptionPreview preview={answered.preview} wish={answered.wish} features={page.features} />
      )}
      <OfficeSection title={t("plans.office.lead")}>
        <PlanReasons features={page.features} plan={page.plan} names={page.names} />
      </OfficeSection>
      <OfficeSection title={t("plans.office.exceptions")}>
        <PlanExceptions overrides={page.overrides.items} mayEnd={page.mayExcept} />
        <KeysetPaging
          previousHref={href("exceptions", page.overrides.previousCursor)}
          nextHref={href("exceptions", page.overrides.nextCursor)}
        />
      </OfficeSection>
      {page.mayExcept && (
        <OfficeSection title={t("plans.office.exception")}>
          <PlanExceptionForm
            features={page.features.filter(({ derived }) => !derived)}
            typed={answered?.typed}
            errors={answered?.errors ?? {}}
          />
        </OfficeSection>
      )}
      <OfficeSection title={t("plans.office.changes")}>
        <PlanChanges changes={page.changes.items} names={page.names} />
        <KeysetPaging
          previousHref={href("changes", page.changes.previousCursor)}
          nextHref={href("changes", page.changes.nextCursor)}
        />
      </OfficeSection>
    </div>
  );
}

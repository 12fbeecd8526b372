import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { readChangeRulesForm } from "~/lib/memberships/change-rules-form.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { ChangeRulesForm } from "~/ui/memberships/change-rules-form.tsx";

const ROLES = ["owner", "finance"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaffRole(args, ROLES);
  return answer(args, async ({ caller, locale }) => {
    const search = new URL(args.request.url).searchParams;
    const organizationId = search.get("organization");
    const of = organizationId ? { organizationId } : {};
    const [{ rules, newest }, organization] = await Promise.all([
      caller.billing.changeRules.read(of),
      organizationId ? caller.organizations.office.get({ organizationId }) : null,
    ]);
    return {
      locale,
      rules,
      seen: newest?.id ?? "",
      /** An organization with rules of its own. */
      own: organization !== null && newest?.rules != null,
      organization: organization && { id: organization.id, name: organization.name },
      saved: search.has("saved"),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, ROLES);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const organizationId = form.maybe("organization");
    const { save, saveOfOrganization } = caller.billing.changeRules;
    const wish = { seen: form.text("seen"), reason: form.text("reason") };
    const rules = readChangeRulesForm(form);
    try {
      if (organizationId)
        await saveOfOrganization({ ...wish, organizationId, rules: form.text("what") === "shop" ? null : rules });
      else await save({ ...wish, rules });
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      if (kind !== "invalid" && kind !== "conflict") throw error;
      const problem = kind === "invalid" ? ("form" as const) : ("changed" as const);
      return data({ problem }, { status: formStatus(args.request, kind === "invalid" ? 422 : 409) });
    }
    const of = organizationId ? `organization=${encodeURIComponent(organizationId)}&` : "";
    return redirect(`/admin/settings/changes?${of}saved`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("settings.changes"), locale });
};

/** How plans and memberships change: the shop's rules, or one organization's own. */
export default function ChangeRulesPage() {
  const t = useT();
  const { rules, seen, own, organization, saved } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      {saved && !answered && <Banner live tone="ok" title={t("settings.changes.saved")} />}
      {answered?.problem === "form" && <Banner live tone="bad" title={t("settings.changes.missing")} />}
      {answered?.problem === "changed" && <Banner live tone="warn" title={t("settings.changes.changed")} />}
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">
          {organization ? t("settings.changes.of", { name: organization.name }) : t("settings.changes")}
        </h1>
        <p className="max-w-prose text-fg-muted">
          {organization ? t(own ? "settings.changes.own" : "settings.changes.asShop") : t("settings.changes.about")}
        </p>
        {organization && (
          <p>
            <Link to={`/admin/organizations/${organization.id}`}>{t("settings.changes.back")}</Link>
          </p>
        )}
      </div>
      <ChangeRulesForm key={seen} rules={rules} seen={seen} organizationId={organization?.id ?? null} own={own} />
    </div>
  );
}

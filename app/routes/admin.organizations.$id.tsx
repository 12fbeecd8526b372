import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { organizationMembersList } from "~/lib/lists/organization-members.ts";
import { ORGANIZATION_ROLES } from "~/lib/organizations/organization-roles.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace, TIMELINE_PLACE } from "~/lib/page/part-place.ts";
import { heldReasons } from "~/lib/plans/held-reasons.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Moment } from "~/ui/moment.tsx";
import { HappeningPages } from "~/ui/office/happening-pages.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { OfficeMembers } from "~/ui/organizations/office-members.tsx";
import { OrganizationJoining } from "~/ui/organizations/organization-joining.tsx";
import { OrganizationMending } from "~/ui/organizations/organization-mending.tsx";
import { OrganizationMoney } from "~/ui/organizations/organization-money.tsx";
import { SeatFigures } from "~/ui/organizations/seat-figures.tsx";
import { OfficeReasons } from "~/ui/plans/office-reasons.tsx";

/** May change what is in it; the server has the same list. */
const MENDING = ["owner", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const asked = openList(args, organizationMembersList, { organizationId: args.params.id ?? "" });
    const of = { organizationId: args.params.id ?? "" };
    const { office } = caller.organizations;
    const organization = await office.get(of);
    const [members, invitations, joining, money, [held]] = await Promise.all([
      office.members({ ...asked.filters, ...asked.place, ...of, counted: true }),
      office.invitations({ ...of, limit: 500 }),
      organization.kind === "company" ? office.joining({ ...of, limit: 50 }) : null,
      caller.reporting.organization({ ...of, ...partPlace(args.request, TIMELINE_PLACE) }),
      heldReasons({ caller, locale }, [of.organizationId]),
    ]);
    const mayRule = role === "owner" || role === "finance";
    const mayMend = MENDING.some((one) => one === role) && organization.kind === "company" && !organization.closedAt;
    const done = searchParams.has("done");
    return {
      ...{ locale, organization, members: members.items, list: await asked.view(members) },
      ...{ invitations: invitations.items, joining, money, held, mayMend, mayRule, done },
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...MENDING]);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    const { office } = caller.organizations;
    const act = { organizationId: args.params.id ?? "", memberId: form.text("memberId"), reason: form.text("reason") };
    const what = form.text("what");
    const role = ORGANIZATION_ROLES.find((one) => what === `role.${one}`);
    try {
      if (role) await office.changeRole({ ...act, role });
      else if (what === "seat") await office.assignSeat(act);
      else if (what === "unseat") await office.revokeSeat(act);
      else if (what === "remove") await office.removeMember(act);
      else if (what === "pay") await office.handOverPayment(act);
      else if (what === "withdraw")
        await office.withdrawInvitation({ ...act, invitationId: form.text("invitationId") });
      else if (what === "giveUp") await office.giveUpDomain({ ...act, domainId: form.text("domainId") });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "conflict" && refusal?.kind !== "invalid") throw error;
      const refused = refusal.kind === "invalid" ? null : refusalText(refusal, locale);
      return data({ refused, reason: form.text("reason") }, { status: formStatus(args.request, 422) });
    }
    return redirect(`${new URL(args.request.url).pathname}?done`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: page?.organization.name ?? translate(locale)("organizations.title"), locale });
};

export default function Organization() {
  const t = useT();
  const locale = useLocale();
  const { organization, members, list, invitations, joining, money, held, mayMend, mayRule, done } =
    useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { id, name, kind, payer, billingCustomerId, seats } = organization;
  return (
    <div className="flex flex-col gap-8">
      {answered?.refused && <Banner live tone="bad" title={answered.refused} />}
      {done && !answered && <Banner live tone="ok" title={t("organizations.office.done")} />}
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold break-all">{name}</h1>
        <Badge tone={kind === "company" ? "info" : "neutral"}>{t(`organizations.office.kind.${kind}`)}</Badge>
        {organization.closedAt && <Badge tone="warn">{t("organizations.office.state.closed")}</Badge>}
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <OfficeSection title={t("organizations.seats")}>
            <SeatFigures seats={seats} />
          </OfficeSection>
          <OfficeMembers organization={organization} members={members} list={list} />
          {joining && <OrganizationJoining {...joining} />}
          <OrganizationMoney money={money} organizationId={id} />
          {held && (
            <OfficeSection title={t("plans.office.title")}>
              <OfficeReasons of={held} title={t("plans.office.lead")} open />
            </OfficeSection>
          )}
          <HappeningPages title={t("organizations.office.timeline")} page={money.timeline} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <DescriptionList
            prose
            rows={[
              { term: "Id", value: <CopyText text={id} what="id" shorten /> },
              { term: t("organizations.office.since"), value: <Moment at={organization.createdAt} /> },
              {
                term: t("plans.mine.plan"),
                value: (
                  <Link to={`/admin/entitlements/${id}`}>
                    {held?.plan
                      ? t("plans.mine.version", { plan: held.plan.name[locale], version: held.plan.version })
                      : t("plans.office.title")}
                  </Link>
                ),
              },
              {
                term: t("organizations.office.payer"),
                value: billingCustomerId ? (
                  <Link to={`/admin/customers/${billingCustomerId}`}>{payer}</Link>
                ) : (
                  t("organizations.office.noPayer")
                ),
              },
              ...(mayRule && kind === "company"
                ? [
                    {
                      term: t("settings.changes"),
                      value: (
                        <Link to={`/admin/settings/changes?organization=${id}`}>{t("settings.changes.edit")}</Link>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {mayMend && (
            <OrganizationMending
              key={done ? "done" : ""}
              members={members}
              invitations={invitations}
              domains={joining?.domains ?? []}
              reason={answered?.reason ?? ""}
              missing={answered?.refused === null}
            />
          )}
        </div>
      </div>
    </div>
  );
}

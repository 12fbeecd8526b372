import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import type { Failure } from "~/lib/failure.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { actOnOrganization } from "~/lib/organizations/organization-acts.server.ts";
import { isManager } from "~/lib/organizations/organization-roles.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { BrandBar } from "~/ui/frame/brand-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { JoinableCompany } from "~/ui/organizations/joinable-company.tsx";
import { OrganizationAskers, OrganizationDomains } from "~/ui/organizations/organization-domains.tsx";
import { OrganizationEnd } from "~/ui/organizations/organization-end.tsx";
import { InviteForm, OpenInvitations } from "~/ui/organizations/organization-invitations.tsx";
import { OrganizationMembers } from "~/ui/organizations/organization-members.tsx";
import { SeatFigures } from "~/ui/organizations/seat-figures.tsx";

const DONE = [
  "rename",
  "role",
  "remove",
  "seat",
  "unseat",
  "pay",
  "invite",
  "resend",
  "withdraw",
  "leave",
  "close",
  "claim",
  "joining",
  "giveUp",
  "letIn",
  "refuse",
  "joined",
  "asked",
  "full",
] as const;

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { caller, locale, requestId } = context;
    const { searchParams } = new URL(args.request.url);
    const { current, all } = await currentOrganization(context);
    if (!current) throw data<Failure>({ requestId }, { status: 404 });
    const of = { organizationId: current.id };
    const manages = isManager(current.role) && current.kind === "company";
    const { domains } = caller.organizations;
    const [organization, brand, members, invitations, claimed, askers, joinable, held] = await Promise.all([
      caller.organizations.get(of),
      caller.organizations.brand.get(of),
      caller.organizations.members.list({ ...of, cursor: searchParams.get("after") ?? undefined }),
      manages ? caller.organizations.invitations.list({ ...of, limit: 200 }) : null,
      manages ? domains.list(of) : null,
      manages ? domains.askers({ ...of, limit: 200 }) : null,
      domains.joinable(),
      caller.entitlements.get(of),
    ]);
    const done = DONE.find((one) => one === searchParams.get("done")) ?? null;
    return {
      locale,
      organization,
      brand,
      members,
      invitations: invitations?.items ?? [],
      claimed,
      askers: askers?.items ?? [],
      joinable,
      // A company's are shown what there would be, too; one's own organization has no use for what its plan does not hold.
      keys: manages || held.flags.hasAPI,
      branding: manages || held.flags.hasWhiteLabel,
      several: all.length > 1,
      done,
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return actOnOrganization(args);
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.title"), locale });
};

/** The organization that this browser acts for: who is in it, its seats, who was asked in, who pays. */
export default function OrganizationPage() {
  const t = useT();
  const { organization, brand, members, invitations, claimed, askers, joinable, keys, branding, done } =
    useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const refused = answered && "refused" in answered ? answered.refused : null;
  const { id, kind, name, role, seats, payer } = organization;
  const href = (cursor: string | null) => cursor && `/account/organization?after=${cursor}`;
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-4">
        <BrandBar brand={brand} />
        {refused && refused !== "address" && (
          <Banner
            live
            tone="bad"
            title={refused}
            actions={
              answered && "noSeat" in answered && answered.noSeat ? (
                <Link to="/account/organization/seats">{t("seats.link")}</Link>
              ) : undefined
            }
          />
        )}
        {done && !refused && <Banner live tone="ok" title={t(`organizations.done.${done}`)} />}
        <JoinableCompany company={joinable} />
        <div className="flex flex-col gap-1">
          <h1 className="text-26 break-words">{name ?? t("organizations.personal")}</h1>
          <p className="text-fg-muted">
            {t("organizations.youAre", { role: t(`organizations.role.${role}`).toLowerCase() })}
            {payer && <> · {t("organizations.paidBy", { who: payer.who })}</>}
          </p>
        </div>
        {kind === "personal" ? (
          <>
            <p className="max-w-prose">{t("organizations.personalText")}</p>
            <div>
              <LinkButton to="/account/organization/new" variant="primary">
                {t("organizations.new")}
              </LinkButton>
            </div>
          </>
        ) : (
          <SeatFigures seats={seats} mayBuy={role !== "member"} />
        )}
      </div>
      {kind === "company" && (
        <>
          <OrganizationAskers organizationId={id} askers={askers} />
          <section aria-labelledby="members" className="flex flex-col gap-3">
            <h2 id="members" className="text-21">
              {t("organizations.members")}
            </h2>
            <OrganizationMembers organization={organization} members={members.items} />
            <KeysetPaging previousHref={href(members.previousCursor)} nextHref={href(members.nextCursor)} />
          </section>
          {isManager(role) && (
            <>
              <section aria-labelledby="invite" className="flex flex-col gap-4">
                <h2 id="invite" className="text-21">
                  {t("organizations.invite")}
                </h2>
                <InviteForm
                  organizationId={id}
                  byOwner={role === "owner"}
                  key={invitations.length}
                  typed={answered && "typed" in answered ? answered.typed : ""}
                  error={refused === "address" ? t("errors.email") : undefined}
                />
                <p>
                  <Link to="/account/organization/invite">{t("organizations.csv.link")}</Link>
                </p>
              </section>
              <OpenInvitations organizationId={id} invitations={invitations} />
              {claimed && <OrganizationDomains organizationId={id} {...claimed} />}
            </>
          )}
        </>
      )}
      {isManager(role) && (keys || branding) && (
        <ul className="flex flex-col gap-2">
          {keys && (
            <li>
              <Link to="/account/organization/keys">{t("organizations.keys.link")}</Link>
            </li>
          )}
          {branding && (
            <li>
              <Link to="/account/organization/brand">{t("organizations.brand.link")}</Link>
            </li>
          )}
        </ul>
      )}
      {kind === "company" && <OrganizationEnd organization={organization} />}
    </div>
  );
}

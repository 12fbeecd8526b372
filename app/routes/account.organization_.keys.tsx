import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { isManager } from "~/lib/organizations/organization-roles.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { BrandBar } from "~/ui/frame/brand-bar.tsx";
import { type ApiKey, KeyList } from "~/ui/identity/key-list.tsx";
import { NewOrganizationKeyForm, type OrganizationKeyField } from "~/ui/identity/new-organization-key-form.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Entitled, EntitlementsOf } from "~/ui/plans/entitled.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { makeOrganizationKeyInput, organizationKeyInput } from "../../server/api-keys/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const { current } = await currentOrganization(context);
    if (!current || !isManager(current.role)) throw redirect("/account/organization");
    const { searchParams } = new URL(args.request.url);
    const of = { organizationId: current.id };
    const [brand, keys, held] = await Promise.all([
      caller.organizations.brand.get(of),
      caller.apiKeys.organization.list({ ...of, cursor: searchParams.get("after") ?? undefined }),
      caller.entitlements.get(of),
    ]);
    const revoked = searchParams.has("revoked");
    return { locale, organization: current, brand, keys, entitlements: held.entitlements, revoked };
  });
}

export async function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const form = await args.request.clone().formData();
  if (form.get("intent") === "revoke") {
    return answer(args, async ({ caller }) => {
      await caller.apiKeys.organization.revoke(organizationKeyInput.parse(Object.fromEntries(form)));
      return redirect("/account/organization/keys?revoked");
    });
  }
  const t = translate(args.context.locale);
  const labels = {
    name: t("balance.keys.name"),
    scopes: t("balance.keys.scopes"),
    days: t("balance.keys.days"),
    rateLimit: t("balance.keys.rate"),
  };
  return answerForm(args, { schema: makeOrganizationKeyInput, labels }, async (value, { caller }) => {
    const { id, secret } = await caller.apiKeys.organization.make(value);
    return { made: { id, secret } };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.keys.title"), locale });
};

/** Keys for programs of an organization: those there are, and a new one, shown this once, where the plan has that. */
export default function OrganizationKeys() {
  const t = useT();
  const { organization, brand, keys, entitlements, revoked } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { fields, summary } = useServerForm<OrganizationKeyField>("key", answered);
  const made = answered && "made" in answered ? answered.made : null;
  const name = organization.name ?? t("organizations.personal");
  const href = (cursor: string | null) => cursor && `/account/organization/keys?after=${cursor}`;
  return (
    <div className="flex flex-col gap-8">
      <BrandBar brand={brand} />
      <ErrorSummary {...summary} />
      {made && (
        <Banner live tone="ok" title={t("balance.keys.made")}>
          <p className="mb-2">{t("balance.keys.madeText")}</p>
          <CopyText text={made.secret} what={t("balance.keys.key")} />
        </Banner>
      )}
      {revoked && !answered && <Banner live tone="ok" title={t("balance.keys.revoked")} />}
      <div className="flex flex-col gap-2">
        <h1 className="text-26 break-words">{t("organizations.keys.of", { name })}</h1>
        <p className="max-w-prose">{t("organizations.keys.lead")}</p>
      </div>
      {keys.items.length === 0 ? (
        <p className="text-fg-muted">{t("organizations.keys.none")}</p>
      ) : (
        <div>
          <KeyList keys={keys.items} ending={(key) => <Revoke of={key} organizationId={organization.id} />} />
          <KeysetPaging previousHref={href(keys.previousCursor)} nextHref={href(keys.nextCursor)} />
        </div>
      )}
      <EntitlementsOf held={entitlements}>
        <Entitled to="hasAPI" otherwise={<NotInPlan />}>
          <section aria-labelledby="new-key" className="flex flex-col gap-4">
            <h2 id="new-key" className="text-21">
              {t("balance.keys.new")}
            </h2>
            <NewOrganizationKeyForm key={made?.id ?? ""} fields={fields} organizationId={organization.id} />
          </section>
        </Entitled>
      </EntitlementsOf>
    </div>
  );
}

function NotInPlan() {
  const t = useT();
  return (
    <Banner tone="info" title={t("organizations.keys.locked")}>
      <p className="mb-3">{t("organizations.keys.lockedText")}</p>
      <LinkButton to="/plans">{t("plans.mine.compare")}</LinkButton>
    </Banner>
  );
}

function Revoke({ of, organizationId }: { of: ApiKey; organizationId: string }) {
  const t = useT();
  return (
    <Form method="post">
      <input type="hidden" name="id" value={of.id} />
      <input type="hidden" name="organizationId" value={organizationId} />
      <SubmitButton name="intent" value="revoke">
        <span aria-hidden="true">{t("balance.keys.revoke")}</span>
        <span className="sr-only">{t("balance.keys.revokeOf", { name: of.name })}</span>
      </SubmitButton>
    </Form>
  );
}

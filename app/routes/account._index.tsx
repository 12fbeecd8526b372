import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { isRunning, ownInvoice, ownMembership } from "~/lib/memberships/account-types.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { Button } from "~/ui/button.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ComingEvents } from "~/ui/memberships/coming-events.tsx";
import { InvoiceList } from "~/ui/memberships/invoice-list.tsx";
import { MembershipSummary } from "~/ui/memberships/membership-summary.tsx";
import { JoinableCompany } from "~/ui/organizations/joinable-company.tsx";

const RECEIPTS_SHOWN = 3;

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const [memberships, invoices, joinable] = await Promise.all([
      caller.subscriptions.mine.list(),
      caller.billing.invoices.mine({ limit: RECEIPTS_SHOWN }),
      caller.organizations.domains.joinable(),
    ]);
    return {
      locale,
      who: viewer.name ?? viewer.email,
      email: viewer.email,
      emailVerified: viewer.emailVerified,
      joinable,
      memberships: memberships.items.map((row) => ownMembership(row, locale)).filter(isRunning),
      invoices: invoices.items.map((row) => ownInvoice(row, locale)),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.title"), locale });
};

/** What I have, what happens next, what I will be charged and when. */
export default function Overview() {
  const t = useT();
  const locale = useLocale();
  const { who, emailVerified, joinable, memberships, invoices } = useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-8">
      {!emailVerified && <Banner tone="warn" title={t("account.unverified")} />}
      <JoinableCompany company={joinable} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div>
          <h1 className="text-26">{t("account.title")}</h1>
          <p className="text-fg-muted">{t("account.signedInAs", { who })}</p>
        </div>
        <Form method="post" action="/logout" className="-ml-4 sm:-mr-4 sm:ml-0">
          <Button type="submit" variant="quiet">
            {t("words.signOut")}
          </Button>
        </Form>
      </div>
      {memberships.length === 0 ? (
        <EmptyState
          art="membership-open"
          title={t("account.none")}
          action={
            <LinkButton to={pageIn("/membership", locale)} variant="primary">
              {t("shop.home.see")}
            </LinkButton>
          }
        >
          {t("account.noneNext")}
        </EmptyState>
      ) : (
        memberships.map((membership) => <MembershipSummary key={membership.id} membership={membership} />)
      )}
      <ComingEvents memberships={memberships} />
      <section aria-labelledby="receipts" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-baseline justify-between gap-4">
          <h2 id="receipts" className="text-21">
            {t("account.receipts")}
          </h2>
          {invoices.length > 0 && <Link to="/account/billing">{t("account.allReceipts")}</Link>}
        </div>
        <InvoiceList invoices={invoices} />
      </section>
    </div>
  );
}

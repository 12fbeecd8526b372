import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { partPlace } from "~/lib/page/part-place.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { AccountFrame } from "~/ui/frame/account-frame.tsx";
import { ErrorPage } from "~/ui/frame/error-page.tsx";
import { ShopFrame } from "~/ui/frame/shop-frame.tsx";
import { OverdueBanners } from "~/ui/memberships/overdue-banner.tsx";
import { OrganizationSwitcher } from "~/ui/organizations/organization-switcher.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { memberships } = context.caller.billing;
    // Where the provider's page for a card leads back to it says which page that was.
    const page = /^cs_\w{1,200}$/.exec(new URL(args.request.url).searchParams.get("card") ?? "")?.[0];
    if (page) await memberships.confirmCard({ page });
    const [chosen, overdue] = await Promise.all([
      currentOrganization(context),
      memberships.overdue(partPlace(args.request, "overdue")),
    ]);
    return {
      ...chosen,
      overdue,
      cardChanged: page !== undefined && overdue.items.length === 0,
      formKey: crypto.randomUUID(),
    };
  });
}

export default function Account() {
  const t = useT();
  const { current, all, overdue, cardChanged, formKey } = useLoaderData<typeof loader>();
  return (
    <AccountFrame switcher={all.length > 1 && <OrganizationSwitcher current={current} all={all} />}>
      {cardChanged && (
        <div className="pb-8">
          <Banner live tone="ok" title={t("card.changed")} />
        </div>
      )}
      <OverdueBanners overdue={overdue} formKey={formKey} />
      <Outlet />
    </AccountFrame>
  );
}

/** A member keeps the menu of the account when a page of it is not there. */
export function ErrorBoundary() {
  if (!useRouteLoaderData<typeof loader>("routes/account"))
    return (
      <ShopFrame>
        <ErrorPage />
      </ShopFrame>
    );
  return (
    <AccountFrame switcher={false}>
      <ErrorPage inFrame />
    </AccountFrame>
  );
}

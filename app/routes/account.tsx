import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { currentOrganization } from "~/lib/chosen-organization.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { answer } from "~/lib/respond.ts";
import { AccountFrame } from "~/ui/account-frame.tsx";
import { ErrorPage } from "~/ui/error-page.tsx";
import { OrganizationSwitcher } from "~/ui/organization-switcher.tsx";
import { ShopFrame } from "~/ui/shop-frame.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, currentOrganization);
}

export default function Account() {
  const { current, all } = useLoaderData<typeof loader>();
  return (
    <AccountFrame switcher={all.length > 1 && <OrganizationSwitcher current={current} all={all} />}>
      <Outlet />
    </AccountFrame>
  );
}

export function ErrorBoundary() {
  return (
    <ShopFrame>
      <ErrorPage />
    </ShopFrame>
  );
}

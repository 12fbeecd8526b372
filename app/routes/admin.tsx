import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { answer } from "~/lib/respond.ts";
import { countsByPage } from "~/lib/work-href.ts";
import { AdminFrame } from "~/ui/admin-frame.tsx";
import { ErrorPage } from "~/ui/error-page.tsx";
import { ShopFrame } from "~/ui/shop-frame.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, cookieValue }) => ({
    counts: countsByPage(await caller.overview.counts()),
    shortcuts: cookieValue("shortcuts") !== "off",
  }));
}

export default function Admin() {
  const { counts, shortcuts } = useLoaderData<typeof loader>();
  return (
    <AdminFrame counts={counts} shortcuts={shortcuts}>
      <Outlet />
    </AdminFrame>
  );
}

export function ErrorBoundary() {
  return (
    <ShopFrame>
      <ErrorPage />
    </ShopFrame>
  );
}

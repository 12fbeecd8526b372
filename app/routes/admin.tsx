import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { countsByPage } from "~/lib/office/work-href.ts";
import { answer } from "~/lib/respond.ts";
import { AdminFrame } from "~/ui/frame/admin-frame.tsx";
import { ErrorPage } from "~/ui/frame/error-page.tsx";
import { ShopFrame } from "~/ui/frame/shop-frame.tsx";

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

/** Whoever works here keeps the menu when a page is not there; who was never let in sees the shop around it. */
export function ErrorBoundary() {
  const facts = useRouteLoaderData<typeof loader>("routes/admin");
  if (!facts)
    return (
      <ShopFrame>
        <ErrorPage />
      </ShopFrame>
    );
  return (
    <AdminFrame {...facts}>
      <ErrorPage inFrame />
    </AdminFrame>
  );
}

import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { AdminFrame } from "~/ui/admin-frame.tsx";
import { ErrorPage } from "~/ui/error-page.tsx";
import { ShopFrame } from "~/ui/shop-frame.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return null;
}

export default function Admin() {
  return (
    <AdminFrame>
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

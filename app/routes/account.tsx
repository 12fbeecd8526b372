import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { AccountFrame } from "~/ui/account-frame.tsx";
import { ErrorPage } from "~/ui/error-page.tsx";
import { ShopFrame } from "~/ui/shop-frame.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return null;
}

export default function Account() {
  return (
    <AccountFrame>
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

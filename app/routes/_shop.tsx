import { Outlet } from "@remix-run/react";
import { ErrorPage } from "~/ui/error-page.tsx";
import { ShopFrame } from "~/ui/shop-frame.tsx";

export default function Shop() {
  return (
    <ShopFrame>
      <Outlet />
    </ShopFrame>
  );
}

export function ErrorBoundary() {
  return (
    <ShopFrame>
      <ErrorPage />
    </ShopFrame>
  );
}

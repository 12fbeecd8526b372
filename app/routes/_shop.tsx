import { Outlet } from "@remix-run/react";
import { ErrorPage } from "~/ui/frame/error-page.tsx";
import { ShopFrame } from "~/ui/frame/shop-frame.tsx";

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

import type { ReactNode } from "react";
import { ShopFooter } from "./shop-footer.tsx";
import { ShopHeader } from "./shop-header.tsx";

/** The storefront around a page: header, one main column, footer. */
export function ShopFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col max-md:has-[[data-bottom-bar]]:pb-20">
      <ShopHeader />
      <main id="content" tabIndex={-1} className="w-full grow focus:outline-none">
        {children}
      </main>
      <ShopFooter />
    </div>
  );
}

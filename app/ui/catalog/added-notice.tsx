import { Link } from "@remix-run/react";
import type { CatalogVariant } from "~/lib/catalog/catalog-types.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";

/** Says what went into the cart, aloud too, without leading anywhere by itself. */
export function AddedNotice({ product, variant }: { product: string; variant: CatalogVariant }) {
  const t = useT();
  const item = [product, ...Object.values(variant.options)].join(", ");
  return (
    <Banner live tone="ok" title={t("checkout.cart.added", { item })}>
      <Link to="/cart">{t("checkout.cart.open")}</Link>
    </Banner>
  );
}

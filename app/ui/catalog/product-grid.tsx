import type { CatalogCard } from "~/lib/catalog/catalog-types.ts";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { ProductCard } from "./product-card.tsx";

/** Things in the shop, side by side. */
export const ProductGrid = drawnOnce("product-grid", ({ products }: { products: readonly CatalogCard[] }) => (
  <div className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-6 lg:grid-cols-4">
    {products.map((product) => (
      <ProductCard key={product.id} product={product} heading="h2" />
    ))}
  </div>
));

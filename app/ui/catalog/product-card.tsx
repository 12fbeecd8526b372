import { Link } from "@remix-run/react";
import type { CatalogCard } from "~/lib/catalog/catalog-types.ts";
import { priceFacts } from "~/lib/checkout/price-view.ts";
import { usePrefetch } from "~/lib/page/use-prefetch.ts";
import { Price } from "../pricing/price.tsx";
import { Picture } from "./picture.tsx";
import { StockNote } from "./stock-note.tsx";

/** A thing in the shop: its drawing, its name, its price. The whole card leads to it. */
export function ProductCard({ product, heading: Heading }: { product: CatalogCard; heading: "h2" | "h3" }) {
  const prefetch = usePrefetch(`/products/${product.id}`);
  return (
    <article className="group relative flex flex-col gap-3">
      <div className="grid aspect-[4/5] place-items-center rounded-card bg-sunken transition-colors duration-(--duration-hover) group-hover:bg-neutral">
        <Picture art={product.art} picture={product.picture} artClassName="w-3/4" lazy />
      </div>
      <div className="flex flex-col gap-1">
        <Heading className="text-16 font-medium">
          <Link
            to={`/products/${product.id}`}
            prefetch={prefetch}
            className="no-underline before:absolute before:inset-0 before:rounded-card hover:underline"
          >
            {product.name}
          </Link>
        </Heading>
        <Price {...priceFacts(product.price)} size="line" tax={null} />
        <StockNote stock={product.stock} />
      </div>
    </article>
  );
}

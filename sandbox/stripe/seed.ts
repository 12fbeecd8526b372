import { recordEvent } from "./events/record.ts";
import { newPrice, planOf, recurring } from "./prices/shape.ts";
import { newProduct } from "./products/operations.ts";
import { byItself, create, inUnit } from "./unit.ts";
import type { World } from "./world.ts";

/** What the account holds from the start: the partner's campaign price for the demo membership. Does nothing twice. */
export function seed(world: World): void {
  if (world.prices.get("price_TEST123")) return;
  inUnit(world, byItself, (unit) => {
    const product = newProduct(unit, "Test Kund, kampanjpris", { id: "prod_TEST123" });
    const price = newPrice(unit, product.id, "sek", {
      id: "price_TEST123",
      unit_amount: 29_900,
      recurring: recurring("month", 1),
      tax_behavior: "inclusive",
    });
    create(unit, world.products, product, "product.created");
    create(unit, world.prices, price, "price.created");
    const plan = planOf(price);
    if (plan) recordEvent(unit, "plan.created", plan);
  });
}

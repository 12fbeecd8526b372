import { byItself, change, inUnit } from "../unit.ts";
import type { World } from "../world.ts";
import { newEndpoint } from "./operations.ts";
import { keepSecret } from "./secrets.ts";

const configuredId = "we_1ConfiguredEndpoint0000";

/** Registers the product's own endpoint from the settings: all event types, with the secret that both sides were given. */
export function registerConfiguredEndpoint(world: World, webhook: { url: string; secret: string }): void {
  inUnit(world, byItself, (unit) => {
    const known = world.endpoints.get(configuredId);
    if (known) change(unit, world.endpoints, known, { url: webhook.url, status: "enabled" });
    else
      world.endpoints.insert(
        newEndpoint(unit, webhook.url, ["*"], { id: configuredId, description: "From the settings" }),
      );
    keepSecret(world, configuredId, webhook.secret);
  });
}

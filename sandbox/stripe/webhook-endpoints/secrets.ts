import type { World } from "../world.ts";

/** Keeps what an endpoint's deliveries are signed with, apart from the endpoint that the API shows. */
export function keepSecret(world: World, endpointId: string, secret: string): string {
  world.database.setSetting(`secret:${endpointId}`, secret);
  return secret;
}

export function secretOf(world: World, endpointId: string): string | undefined {
  const secret = world.database.setting(`secret:${endpointId}`);
  return typeof secret === "string" ? secret : undefined;
}

/** Forgets an endpoint, its secret and what was still on its way to it. */
export function deleteEndpoint(world: World, endpointId: string): void {
  world.endpoints.delete(endpointId);
  world.database.dropSetting(`secret:${endpointId}`);
  world.database
    .sql("update deliveries set state = 'dropped' where endpoint_id = ? and state = 'pending'")
    .run(endpointId);
}

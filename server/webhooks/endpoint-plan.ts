/** Where a provider tells us what happened, as it holds it. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly enabled: boolean;
  readonly apiVersion: string | null;
};
export type WantedEndpoint = {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly apiVersion: string;
};

export type EndpointPlan =
  | { readonly act: "none" }
  | { readonly act: "create"; readonly detail: string }
  | { readonly act: "update"; readonly id: string; readonly detail: string }
  /** Its version cannot be changed: a person deletes it, after the new one's secret is in use. */
  | { readonly act: "stuck"; readonly id: string; readonly detail: string };

/** What has to happen for the provider to tell us exactly of the events that we handle, at this address. Pure. */
export function planEndpoint(found: readonly Endpoint[], wanted: WantedEndpoint): EndpointPlan {
  const current = found.find(({ url }) => url === wanted.url);
  if (!current) return { act: "create", detail: `${wanted.url}: ${wanted.eventTypes.length} event types` };
  if (current.apiVersion !== wanted.apiVersion) {
    const is = current.apiVersion ?? "the account's default";
    return {
      act: "stuck",
      id: current.id,
      detail: `speaks ${is} instead of ${wanted.apiVersion}: delete it and run this again`,
    };
  }
  const missing = wanted.eventTypes.filter((type) => !current.eventTypes.includes(type));
  const superfluous = current.eventTypes.filter((type) => !wanted.eventTypes.includes(type));
  const differs = [
    ...(current.enabled ? [] : ["switch on"]),
    ...superfluous.map((type) => `- ${type}`),
    ...missing.map((type) => `+ ${type}`),
  ];
  return differs.length === 0 ? { act: "none" } : { act: "update", id: current.id, detail: differs.join(", ") };
}

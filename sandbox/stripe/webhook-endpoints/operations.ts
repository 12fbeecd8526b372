import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, flag, later, list, required, text, url } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import { apiVersion, type WebhookEndpoint } from "../wire.ts";
import { deleteEndpoint, keepSecret } from "./secrets.ts";

type EventTypes = WebhookEndpoint["enabled_events"];

export function newEndpoint(
  unit: Unit,
  address: string,
  types: string[],
  given: Partial<WebhookEndpoint> = {},
): WebhookEndpoint {
  return {
    id: newId("we"),
    object: "webhook_endpoint",
    api_version: apiVersion,
    application: null,
    created: unit.now,
    description: null,
    enabled_events: types as EventTypes,
    livemode: false,
    metadata: {},
    status: "enabled",
    url: address,
    ...given,
  };
}

export const webhookEndpointOperations = [
  operation(
    "POST",
    "/v1/webhook_endpoints",
    {
      api_version: text(),
      connect: later(),
      description: clearable(text()),
      enabled_events: required(list(text())),
      metadata: metadata(),
      url: required(url()),
    },
    ({ unit }, params) => {
      if (params.enabled_events.length === 0)
        throw invalid("Missing required param: enabled_events.", "enabled_events", "parameter_missing");
      if (unit.world.endpoints.count() >= 16)
        throw invalid("You have reached the maximum of 16 test webhook endpoints.");
      const endpoint = unit.world.endpoints.insert(
        newEndpoint(unit, params.url, params.enabled_events, {
          description: params.description ?? null,
          metadata: mergeMetadata({}, params.metadata),
        }),
      );
      // The secret is told once, here; afterwards it only signs.
      return { ...endpoint, secret: keepSecret(unit.world, endpoint.id, newId("whsec")) };
    },
  ),
  operation("GET", "/v1/webhook_endpoints", paging, ({ unit, url: address }, params) =>
    pageOf(address, unit.world.endpoints, params),
  ),
  operation("GET", "/v1/webhook_endpoints/:id", {}, ({ unit, ids }) => inPath(unit.world.endpoints, ids[0])),
  operation(
    "POST",
    "/v1/webhook_endpoints/:id",
    {
      description: clearable(text()),
      disabled: flag(),
      enabled_events: list(text()),
      metadata: metadata(),
      url: url(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.endpoints, ids[0]);
      return change(unit, unit.world.endpoints, current, {
        description: params.description === undefined ? current.description : params.description,
        enabled_events: (params.enabled_events as EventTypes | undefined) ?? current.enabled_events,
        metadata: mergeMetadata(current.metadata, params.metadata),
        status: params.disabled === undefined ? current.status : params.disabled ? "disabled" : "enabled",
        url: params.url ?? current.url,
      });
    },
  ),
  operation("DELETE", "/v1/webhook_endpoints/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.endpoints, ids[0]);
    deleteEndpoint(unit.world, current.id);
    return { id: current.id, object: "webhook_endpoint", deleted: true };
  }),
];

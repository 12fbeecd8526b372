import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().trim().min(1).max(200);

export const ENDPOINT_STATES = ["on", "off"] as const;
export const endpointListInput = z
  .object({
    ...listPlace,
    /** A part of a receiver's name or address. */
    q: z.string().trim().max(200).optional(),
    state: z.enum(ENDPOINT_STATES).optional(),
    sort: z.enum(["created"]).default("created"),
  })
  .prefault({});
export const endpointInput = z.object({ id });
export const addEndpointInput = z.object({
  name: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** What the other installation lets in (its SOURCE_API_KEY). */
  accessKey: z.string().trim().max(500).optional(),
});
export const setEndpointInput = z.object({ id, enabled: z.boolean() });
export const DELIVERY_STATES = ["pending", "delivered", "given_up"] as const;
export const deliveryListInput = z.object({
  ...listPlace,
  endpointId: id,
  state: z.enum(DELIVERY_STATES).optional(),
  /** The whole id of the campaign that was announced. */
  campaignId: z.string().trim().max(200).optional(),
  sort: z.enum(["created"]).default("created"),
});
export const deliveryInput = z.object({ id });

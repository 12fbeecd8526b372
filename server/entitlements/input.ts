import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().min(1).max(100);

export const entitlementsInput = z.strictObject({ organizationId: id });
/** What `GET /api/entitlements` takes. */
export const entitlementsEndpointInput = z.strictObject({
  orgId: id,
  /** Every feature instead of the eight. */
  all: z
    .enum(["0", "1"])
    .transform((word) => word === "1")
    .optional(),
});

/** What an organization's data can be taken along as. */
export const EXPORT_FORMATS = ["json", "pdf", "zip"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** What it consists of, in this order. */
export const EXPORT_PARTS = [
  "members",
  "seats",
  "planChanges",
  "entitlementHistory",
  "subscriptions",
  "invoices",
] as const;
export type ExportPart = (typeof EXPORT_PARTS)[number];
const format = z.enum(EXPORT_FORMATS);
export const beginExportInput = z.strictObject({ organizationId: id, format });
export const exportPageInput = z.strictObject({
  ...{ organizationId: id, format, part: z.enum(EXPORT_PARTS) },
  ...{ cursor: listPlace.cursor, limit: listPlace.limit },
});

/** A page of something of an organization. */
export const organizationPageInput = z.strictObject({
  ...{ organizationId: id, cursor: listPlace.cursor, limit: listPlace.limit },
});
/** A page of one's own. */
export const ownPageInput = z.strictObject({ cursor: listPlace.cursor, limit: listPlace.limit });

const reason = z.string().trim().min(3).max(500);
const feature = z.string().min(1).max(60);
const value = z.union([
  z.boolean(),
  z.number().int().min(0).max(1_000_000_000),
  z.strictObject({ monthly: z.number().int().min(0).max(1_000_000_000) }),
]);
export const setOverrideInput = z.strictObject({
  organizationId: id,
  feature,
  value,
  startsAt: z.date().optional(),
  endsAt: z.date().optional(),
  /** The same, counted from when it begins. */
  days: z.number().int().min(1).max(3_650).optional(),
  reason,
});
export const endOverrideInput = z.strictObject({ organizationId: id, feature, reason });

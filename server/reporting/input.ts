import { z } from "zod";
import { listPlace, partPlace } from "../kernel/input.ts";

export const searchInput = z.object({ q: z.string().trim().min(2, "Type at least two characters.").max(200) });

export const CUSTOMER_KINDS = ["account", "unconfirmed", "guest"] as const;
export const CUSTOMER_FLAG_WORDS = ["watch", "complaint", "care", "no_contact", "vip"] as const;

export const customerListInput = z.object({
  ...listPlace,
  /** The beginning of an address or of a name, or an id of ours or Stripe's. */
  q: z.string().trim().max(200).optional(),
  kind: z.enum(CUSTOMER_KINDS).optional(),
  flag: z.enum(CUSTOMER_FLAG_WORDS).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["since", "email"]).default("since"),
});
export const noteInput = z.object({
  customerId: z.string().max(60),
  text: z.string().trim().min(1).max(4000),
  /** Made with the form: the same note is written once however often it is sent. */
  key: z.string().regex(/^[a-z0-9]{10,40}$/),
});
export const flagInput = z.object({
  customerId: z.string().max(60),
  flag: z.enum(CUSTOMER_FLAG_WORDS),
  on: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]),
});
/** `cursor`, `limit`: of the timeline. */
export const customerIdInput = z.object({ id: z.string().max(60), ...partPlace });

const list = z.string().regex(/^[a-z]{2,30}$/);

export const viewListInput = z.object({ list });
export const viewInput = z.object({
  list,
  name: z.string().trim().min(1).max(60),
  query: z.string().max(2000),
});
export const viewIdInput = z.object({ id: z.string().max(60) });
export const exportInput = z.object({ list, query: z.string().max(2000) });
/** `cursor`, `limit`: of the timeline. */
export const organizationMoneyInput = z.object({ organizationId: z.string().max(60), ...partPlace });
const monthDay = z.iso.date().refine((day) => day >= "1900", "must be in the year 1900 or later");
export const monthReportInput = z.object({
  ...listPlace,
  /** Any day of the first and of the last month; the year up to now where they are left out. */
  from: monthDay.optional(),
  to: monthDay.optional(),
  sort: z.literal("month").default("month"),
});

export const SETTING_STATES = ["set", "secret", "unset"] as const;
/** What is set, by name. `set`: shown, of an address where it leads. */
export const settingListInput = z
  .object({
    ...listPlace,
    /** A part of a name or of a value that is shown. */
    q: z.string().trim().max(200).optional(),
    state: z.enum(SETTING_STATES).optional(),
    sort: z.enum(["name"]).default("name"),
  })
  .prefault({});

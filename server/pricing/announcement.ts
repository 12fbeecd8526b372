import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** Where the shop's days begin and end, for dates that are announced without a time. */
const SHOP_TIME_ZONE = "Europe/Stockholm";

// A control character cannot be stored and never belongs into a name or an id.
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, "must not contain control characters");
const campaignId = text(200);
const AN_INSTANT = "an instant with its offset (2026-11-30T23:59:59+01:00)";
const AN_INSTANT_OR_DAY = `must be a day that exists (2026-11-30) or ${AN_INSTANT}`;

/** The database has no year 0, and nothing is announced for a year of five digits. */
const ofOurTime = (date: Date) => date.getUTCFullYear() >= 1900 && date.getUTCFullYear() <= 9999;
const OF_OUR_TIME = "must be in a year from 1900 to 9999";

const anyInstant = z.iso
  .datetime({ offset: true, error: `must be ${AN_INSTANT}` })
  .transform((value) => new Date(value));
const instant = anyInstant.refine(ofOurTime, OF_OUR_TIME);

/** An instant, or a day in the shop's time zone: a campaign begins with its first moment and ends with its last. */
const day = (edge: "first" | "last") =>
  z
    .union(
      [
        anyInstant,
        z.iso.date().transform((value) => {
          const date = Temporal.PlainDate.from(value);
          const first = edge === "first" ? date : date.add({ days: 1 });
          const start = first.toZonedDateTime(SHOP_TIME_ZONE).epochMilliseconds;
          return new Date(edge === "first" ? start : start - 1);
        }),
      ],
      { error: AN_INSTANT_OR_DAY },
    )
    .refine(ofOurTime, OF_OUR_TIME);

const envelope = {
  eventId: text(200).nullish(),
  version: z.int().nonnegative().nullish(),
  occurredAt: instant.nullish(),
};

const campaign = z
  .object({
    id: campaignId,
    name: text(200),
    status: z.enum(["draft", "active", "ended"]),
    startDate: day("first").nullish(),
    endDate: day("last").nullish(),
    durationMonths: z.int().positive().max(1_200).nullish(),
    products: z.array(text(200)).max(1_000),
    prices: z
      .array(
        z.object({
          currency: z
            .string()
            .trim()
            .regex(/^[A-Za-z]{3}$/, "must be a three-letter currency code")
            .transform((code) => code.toUpperCase()),
          interval: z.enum(["day", "week", "month", "year"]).nullish(),
          stripePriceId: text(255),
        }),
      )
      .max(200),
  })
  .refine(({ startDate, endDate }) => !startDate || !endDate || startDate <= endDate, {
    path: ["endDate"],
    message: "must not be before startDate",
  });

/** What a partner's system can announce; fields that are not known are left alone. */
export const announcementSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("ping") }),
  z.object({ action: z.literal("created"), campaign, ...envelope }),
  z.object({ action: z.literal("updated"), campaign, ...envelope }),
  z.object({
    action: z.literal("price.updated"),
    priceUpdate: z.object({
      stripePriceId: text(255),
      originalProductId: text(200),
      campaignId,
      campaignName: text(200),
    }),
    ...envelope,
  }),
  z.object({ action: z.literal("deleted"), campaignId, ...envelope }),
]);

export type Announcement = Exclude<z.output<typeof announcementSchema>, { action: "ping" }>;
export type CampaignContent = Extract<Announcement, { action: "created" }>["campaign"];
export type AnnouncementResult = "created" | "updated" | "deleted" | "duplicate" | "stale";

export type ParsedBody =
  | { readonly ok: true; readonly announcement: z.output<typeof announcementSchema> }
  | { readonly ok: false; readonly error: string; readonly field: string };

/** Reads an announcement. What is wrong is told by the first wrong field, as a path (`campaign.prices.0.currency`). */
export function parseAnnouncement(value: unknown): ParsedBody {
  const parsed = announcementSchema.safeParse(value);
  if (parsed.success) return { ok: true, announcement: parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "body";
  return { ok: false, error: `${field}: ${issue?.message ?? "is wrong"}`, field };
}

/** The campaign that an announcement is about. */
export function subjectOf(announcement: Announcement): string {
  switch (announcement.action) {
    case "price.updated":
      return announcement.priceUpdate.campaignId;
    case "deleted":
      return announcement.campaignId;
    default:
      return announcement.campaign.id;
  }
}

import { Temporal } from "temporal-polyfill";
import type { Caller } from "../../../server/trpc/router.ts";
import { SHOP_TIME_ZONE } from "../format/dates.ts";
import { minorUnitsOf } from "../format/minor-units.ts";
import { type CampaignContent, type CampaignForm, type FormFault, slotText } from "./campaign-form.ts";

type StoredContent = Awaited<ReturnType<Caller["pricing"]["campaigns"]["editor"]["get"]>>["content"];

export function readCampaignForm(form: FormData): CampaignForm {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const count = form.getAll("priceCurrency").length;
  const column = (name: string) => form.getAll(name).map((value) => String(value).trim());
  const columns = {
    productId: column("priceProduct"),
    currency: column("priceCurrency"),
    slot: column("priceSlot"),
    amount: column("priceAmount"),
    stripePriceId: column("priceStripe"),
  };
  return {
    name: text("name"),
    startAt: text("startAt"),
    endAt: text("endAt"),
    durationMonths: text("durationMonths"),
    productIds: form.getAll("product").map(String),
    prices: Array.from({ length: count }, (_, index) => ({
      productId: columns.productId[index] ?? "",
      currency: columns.currency[index] ?? "",
      slot: columns.slot[index] ?? "",
      amount: columns.amount[index] ?? "",
      stripePriceId: columns.stripePriceId[index] ?? "",
    })).filter((line) => line.amount !== "" || line.stripePriceId !== ""),
  };
}

/** What the form says, or what in it cannot be read. */
export function parseCampaignForm(form: CampaignForm): { content: CampaignContent | null; faults: FormFault[] } {
  const faults: FormFault[] = [];
  const fault = (field: string, key: FormFault["key"]) => {
    faults.push({ field, key });
    return null;
  };
  const moment = (field: "startAt" | "endAt") =>
    form[field] === "" ? null : (shopInstant(form[field]) ?? fault(field, "campaigns.editor.fault.moment"));
  const months =
    form.durationMonths === ""
      ? null
      : /^[1-9]\d{0,2}$/.test(form.durationMonths)
        ? Number(form.durationMonths)
        : fault("durationMonths", "campaigns.editor.fault.months");
  const prices = form.prices.map((line, index) => {
    const amount =
      line.amount === ""
        ? null
        : (minorUnitsOf(line.amount) ?? fault(`price-${index}`, "campaigns.editor.fault.amount"));
    const currency = (["SEK", "EUR", "USD"] as const).find((code) => code === line.currency) ?? "SEK";
    return {
      productId: line.productId === "" ? null : line.productId,
      currency,
      ...slotOf(line.slot),
      stripePriceId: line.stripePriceId === "" ? null : line.stripePriceId,
      amount,
    };
  });
  const content: CampaignContent = {
    name: form.name,
    startAt: moment("startAt"),
    endAt: moment("endAt"),
    durationMonths: months,
    productIds: form.productIds,
    prices,
  };
  return { content: faults.length > 0 ? null : content, faults };
}

/** A stored campaign as the form shows it, with empty lines to write into. */
export function campaignForm(content: StoredContent): CampaignForm {
  return {
    name: content.name,
    startAt: localOf(content.startAt),
    endAt: localOf(content.endAt),
    durationMonths: content.durationMonths === null ? "" : String(content.durationMonths),
    productIds: [...content.productIds],
    prices: content.prices.map((price) => ({
      productId: price.productId ?? "",
      currency: price.currency,
      slot: slotText(price),
      amount: price.amount === null ? "" : (price.amount / 100).toFixed(2).replace(".", ","),
      stripePriceId: price.stripePriceId ?? "",
    })),
  };
}

type Slot = Pick<CampaignContent["prices"][number], "interval" | "intervalCount">;

function slotOf(text: string): Slot {
  const [unit, count] = text.split(":");
  const interval = (["day", "week", "month", "year"] as const).find((word) => word === unit) ?? null;
  return { interval, intervalCount: interval === null ? null : Number(count) || 1 };
}

/** `2026-11-20T12:00` on the shop's clock as an instant. */
export function shopInstant(text: string): string | null {
  try {
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(SHOP_TIME_ZONE).epochMilliseconds).toISOString();
  } catch {
    return null;
  }
}

function localOf(instant: string | null): string {
  if (instant === null) return "";
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(SHOP_TIME_ZONE).toPlainDateTime();
  return local.toString({ smallestUnit: "minute" });
}

import { SHOP_TIME_ZONE } from "./dates.ts";

const parts = new Intl.DateTimeFormat("sv-SE", {
  timeZone: SHOP_TIME_ZONE,
  ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
});

/** `2026-11-20T14:05` as the shop's clock shows that instant: what a date field holds. */
export function shopClock(instant: Date): string {
  return parts.format(instant).replace(" ", "T");
}

/** The instant at which the shop's clock shows this, as ISO; undefined for anything but a full date and time. */
export function shopInstant(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return undefined;
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offset = (at: number) => Date.parse(`${shopClock(new Date(at))}:00Z`) - at;
  // Once more from there: the first guess may lie on the other side of a change to or from summer time.
  const near = asUtc - offset(asUtc);
  return new Date(asUtc - offset(near)).toISOString();
}

/** Where the shop's days begin and end. */
const ZONE = "Europe/Stockholm";

const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** The calendar day of an instant in the shop's country, `YYYY-MM-DD`. */
export function shopDay(at: Date): string {
  return parts.format(at);
}

/** The instant at which a calendar day begins in the shop's country, summer and winter. */
export function shopMidnight(day: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const [hours = "0", minutes = "0"] = clock.format(new Date(utc)).split(":");
  return new Date(utc - (Number(hours) * 60 + Number(minutes)) * 60_000);
}

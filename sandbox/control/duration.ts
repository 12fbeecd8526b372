import { addMonths } from "../stripe/subscriptions/periods.ts";

const form = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An instant moved on by an ISO 8601 duration such as `P1M` or `PT2H`; undefined when it is none. Months clamp to their last day. */
export function after(instant: number, duration: string): number | undefined {
  const match = form.exec(duration);
  if (!match || /^P(T)?$|T$/.test(duration)) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const whole = Math.floor(instant / 1000);
  const moved =
    addMonths(whole, years * 12 + months) + (weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds;
  return moved * 1000 + (instant - whole * 1000);
}

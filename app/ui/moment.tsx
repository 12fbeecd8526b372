import {
  type DateStyle,
  formatDate,
  formatDateTime,
  formatRelative,
  type Instant,
  isoInstant,
} from "~/lib/format/dates.ts";
import { useLocale } from "~/lib/i18n/language.tsx";

type MomentProps = {
  at: Instant;
  style?: DateStyle;
  withTime?: boolean;
  /** Given, moments less than a day away are told as "5 minutes ago", with the exact time on hover. */
  now?: Instant;
};

/** A date or time, readable by people and programs alike. */
export function Moment({ at, style = "table", withTime = false, now }: MomentProps) {
  const locale = useLocale();
  const exact = withTime ? formatDateTime(at, locale, style) : formatDate(at, locale, style);
  const relative = now ? formatRelative(at, now, locale) : null;
  return (
    <time
      dateTime={isoInstant(at)}
      title={relative ? formatDateTime(at, locale, "prose") : undefined}
      className="whitespace-nowrap"
    >
      {relative ?? exact}
    </time>
  );
}

import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale } from "~/lib/i18n/language.tsx";

export type PeriodMark = { at: Instant; label: string };

type PeriodRailProps = {
  label: string;
  start: PeriodMark;
  end: PeriodMark;
  now: Instant;
  /** Events inside the period: end of a trial, a scheduled change, the last day of grace. A later one has no place on it. */
  marks?: readonly PeriodMark[];
};

/** Where a paid period stands: its start, its end, today, and what happens in between. */
export function PeriodRail({ label, start, end, now, marks: all = [] }: PeriodRailProps) {
  const locale = useLocale();
  const from = new Date(start.at).getTime();
  const marks = all.filter(({ at }) => new Date(at) <= new Date(end.at));
  const length = Math.max(1, new Date(end.at).getTime() - from);
  const position = (at: Instant) => Math.min(100, Math.max(0, ((new Date(at).getTime() - from) / length) * 100));
  const done = position(now);
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="sr-only">{label}</figcaption>
      <div aria-hidden="true" className="relative h-3">
        <span className="edge-when-forced absolute inset-x-0 top-1 h-1 rounded-full bg-line-strong" />
        <span className="absolute top-1 left-0 h-1 rounded-full bg-fg" style={{ width: `${done}%` }} />
        {marks.map((mark) => (
          <span
            key={mark.label}
            className="absolute top-0 h-3 w-0.5 -translate-x-1/2 bg-fg"
            style={{ left: `${position(mark.at)}%` }}
          />
        ))}
        <span
          className="absolute top-0 size-3 -translate-x-1/2 rounded-full border-2 border-fg bg-mark"
          style={{ left: `${done}%` }}
        />
      </div>
      <ul className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-14">
        {[start, ...marks, end].map((mark) => (
          <li key={mark.label} className="last:text-right">
            <span className="block text-fg-muted">{mark.label}</span>
            <time dateTime={new Date(mark.at).toISOString()} className="block">
              {formatDate(mark.at, locale, "day")}
            </time>
          </li>
        ))}
      </ul>
    </figure>
  );
}

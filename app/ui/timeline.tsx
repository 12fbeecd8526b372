import { Link } from "@remix-run/react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { DateStyle, Instant } from "~/lib/format/dates.ts";
import type { Tone } from "~/lib/statuses.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { Moment } from "./moment.tsx";

export type TimelineItem = {
  id: string;
  at: Instant;
  title: ReactNode;
  /** Where the title leads. */
  href?: string;
  body?: ReactNode;
  icon: LucideIcon;
  tone?: Tone;
};

const EDGE: Record<Tone, string> = {
  neutral: "border-line-strong text-fg-muted",
  info: "border-info-line text-on-info",
  ok: "border-ok-line text-on-ok",
  warn: "border-warn-line text-on-warn",
  bad: "border-bad-line text-on-bad",
  campaign: "border-control text-fg",
};

/** What happened or will happen, in order. */
export function Timeline({
  items,
  now,
  withTime = true,
  dateStyle = "table",
}: {
  items: readonly TimelineItem[];
  now?: Instant;
  withTime?: boolean;
  dateStyle?: DateStyle;
}) {
  return (
    <ol className="flex flex-col">
      {items.map((item) => (
        <li key={item.id} className="group grid grid-cols-[2rem_1fr] gap-x-3">
          <span className="flex flex-col items-center">
            <span
              className={classNames(
                "grid size-8 place-items-center rounded-full border bg-surface",
                EDGE[item.tone ?? "neutral"],
              )}
            >
              <Icon of={item.icon} size={16} />
            </span>
            <span className="w-px grow bg-line group-last:hidden" />
          </span>
          <div className="min-w-0 pt-1 pb-5 group-last:pb-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{item.href ? <Link to={item.href}>{item.title}</Link> : item.title}</span>
              <span className="text-14 text-fg-muted">
                <Moment at={item.at} now={now} withTime={withTime} style={dateStyle} />
              </span>
            </p>
            {item.body && <div className="text-14 text-fg-muted">{item.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

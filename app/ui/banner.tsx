import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

type BannerTone = "info" | "ok" | "warn" | "bad";

const LOOKS: Record<BannerTone, { edge: string; icon: LucideIcon; iconColor: string }> = {
  info: { edge: "border-info-line", icon: Info, iconColor: "text-on-info" },
  ok: { edge: "border-ok-line", icon: CircleCheck, iconColor: "text-on-ok" },
  warn: { edge: "border-warn-line", icon: TriangleAlert, iconColor: "text-on-warn" },
  bad: { edge: "border-bad-line", icon: CircleX, iconColor: "text-on-bad" },
};

type BannerProps = {
  tone: BannerTone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Set where it appears in answer to something; then it is read aloud. */
  live?: boolean;
};

/** Something that concerns the whole page: what happened, what it means for money, what to do. */
export function Banner({ tone, title, children, actions, live }: BannerProps) {
  const look = LOOKS[tone];
  return (
    <section
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className={classNames(
        "grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 gap-y-3 rounded-card border bg-surface p-4",
        look.edge,
      )}
    >
      <Icon of={look.icon} className={classNames("mt-0.5", look.iconColor)} />
      <div className="flex min-w-0 max-w-prose flex-col gap-1">
        <p className="font-medium wrap-anywhere">{title}</p>
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="col-start-2 flex flex-wrap gap-3">{actions}</div>}
    </section>
  );
}

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "~/lib/statuses.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

const TONES: Record<Tone, string> = {
  neutral: "bg-neutral text-on-neutral",
  info: "bg-info text-on-info",
  ok: "bg-ok text-on-ok",
  warn: "bg-warn text-on-warn",
  bad: "bg-bad text-on-bad",
  campaign: "bg-campaign text-on-campaign",
};

/** A short word on a tint. The word carries the meaning, the tint repeats it. */
export function Badge({ tone, icon, children }: { tone: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "edge-when-forced inline-flex items-center gap-1 rounded-tag px-1.5 py-0.5 align-middle text-13 font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {icon && <Icon of={icon} size={16} />}
      {children}
    </span>
  );
}

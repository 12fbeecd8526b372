import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names.ts";

/** One family, one stroke. Always beside words or inside a named control, so hidden from assistive technology. */
export function Icon({ of: Shape, size = 20, className }: { of: LucideIcon; size?: 16 | 20 | 24; className?: string }) {
  return (
    <Shape
      size={size}
      strokeWidth={1.75}
      aria-hidden="true"
      focusable="false"
      className={classNames("shrink-0", className)}
    />
  );
}

import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";

export type DrawingProps = {
  /** Given, the drawing is an image with this name; without, it is decoration. */
  title?: string;
  className?: string;
};

/** Ink line of 1.5 px at any size, on a transparent ground. */
export function ArtFrame({
  title,
  className,
  viewBox = "0 0 160 160",
  children,
}: DrawingProps & { viewBox?: string; children: ReactNode }) {
  return (
    <svg
      viewBox={viewBox}
      role={title ? "img" : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      focusable="false"
      fill="none"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classNames("stroke-art-line [&_*]:[vector-effect:non-scaling-stroke]", className)}
    >
      {children}
    </svg>
  );
}

/** The one yellow shape of a drawing. */
export const YELLOW = "fill-art-fill";
/** The paper of an object that covers what stands behind it. */
export const PAPER = "fill-surface";

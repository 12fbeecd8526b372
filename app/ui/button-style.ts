import { classNames } from "./class-names.ts";

/** `primary` is the yellow one: at most one per view. */
export type ButtonVariant = "primary" | "solid" | "outline" | "quiet" | "danger";
/** 48, 44 and 32 px (44 under a finger). */
export type ButtonSize = "large" | "regular" | "compact";

export type ButtonLook = { variant?: ButtonVariant; size?: ButtonSize; full?: boolean };

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-primary-edge bg-primary text-on-primary hover:bg-primary-hover",
  solid: "border-transparent bg-solid text-on-solid hover:bg-solid-hover",
  outline: "border-control bg-surface text-fg hover:bg-sunken",
  quiet: "border-transparent bg-transparent text-fg hover:bg-sunken",
  danger: "border-transparent bg-danger text-on-danger hover:bg-danger-hover",
};

const SIZES: Record<ButtonSize, string> = {
  large: "min-h-12 rounded-control px-5 py-2 text-16",
  regular: "min-h-11 rounded-control px-4 py-2 text-16",
  compact: "min-h-8 rounded-compact px-3 py-1 text-14 pointer-coarse:min-h-11",
};

/** The look of a button, shared by what submits and what navigates. */
export function buttonClass({ variant = "outline", size = "regular", full = false }: ButtonLook): string {
  return classNames(
    "edge-when-forced inline-flex items-center justify-center gap-2 border-[1.5px] text-center font-medium no-underline",
    "transition-colors duration-(--duration-hover) select-none aria-disabled:cursor-progress hover:no-underline",
    VARIANTS[variant],
    SIZES[size],
    full && "w-full",
  );
}

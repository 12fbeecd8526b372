import { classNames } from "./class-names.ts";

/** The mark: hall, chimney, and one lit window. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      fill="none"
      strokeWidth={2}
      strokeLinejoin="round"
      className={classNames("stroke-art-line", className)}
    >
      <path d="M3 28V16l7-5v5l7-5v17z" />
      <path d="M21 28V4h5v24z" />
      <path className="fill-art-fill" d="M7 20h6v4H7z" strokeWidth={1.5} />
      <path d="M1 28h30" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <LogoMark className="size-8" />
      <span className="type-display text-21">Kraftverk</span>
    </span>
  );
}

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type FieldText = {
  label: string;
  hint?: ReactNode;
  /** What is wrong, worded with the label. A list as form libraries hand it over is shown by its first entry. */
  error?: string | readonly string[] | null;
  optional?: boolean;
};

export type ControlProps = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

/** Ids and states that tie a control to its label, hint and error. */
export function controlProps(id: string, { hint, error }: Pick<FieldText, "hint" | "error">): ControlProps {
  const wrong = firstError(error) !== undefined;
  const describedBy = classNames(hint !== undefined && `${id}-hint`, wrong && `${id}-error`);
  return { id, "aria-describedby": describedBy || undefined, "aria-invalid": wrong || undefined };
}

export function firstError(error: FieldText["error"]): string | undefined {
  return (typeof error === "string" ? error : error?.[0]) || undefined;
}

export const CONTROL_CLASS = classNames(
  "w-full border border-control bg-surface px-3 text-fg",
  "aria-invalid:border-bad-line aria-invalid:shadow-[inset_0_0_0_1px_var(--bad-line)]",
  "disabled:bg-sunken disabled:text-fg-disabled [&[readonly]]:bg-sunken",
);

/** 44 px, or 32 in the back office (44 under a finger, where smaller text would also make a phone zoom in). */
export const CONTROL_SIZE = {
  regular: "min-h-11 rounded-control text-16",
  compact: "min-h-8 rounded-compact text-14 pointer-coarse:min-h-11 pointer-coarse:text-16",
} as const;

/** Label above, hint, control, error below: one order everywhere. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  optional,
  compact,
  children,
}: FieldText & { id: string; compact?: boolean | undefined; children: ReactNode }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={classNames("font-medium", compact ? "text-14" : "text-16")}>
        {label}
        {optional && <span className="font-normal text-fg-muted"> ({t("words.optional")})</span>}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-14 text-fg-muted">
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: FieldText["error"] }) {
  const t = useT();
  const text = firstError(error);
  if (text === undefined) return null;
  return (
    <p id={`${id}-error`} className="flex items-start gap-1.5 text-14 font-medium text-on-bad">
      <Icon of={CircleAlert} size={16} className="mt-0.5" />
      <span>
        <span className="sr-only">{t("errors.prefix")} </span>
        {text}
      </span>
    </p>
  );
}

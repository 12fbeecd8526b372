import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { CONTROL_CLASS, CONTROL_SIZE, controlProps, FieldFrame, type FieldText } from "./field-frame.tsx";

type FieldProps = FieldText &
  Omit<ComponentPropsWithoutRef<"input">, "children"> & { unit?: ReactNode; compact?: boolean };

/** A line of text: e-mail, name, search, number. */
export function Field({ label, hint, error, optional, unit, compact, id, className, ...input }: FieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional} compact={compact}>
      <div className="relative">
        <input
          {...input}
          {...controlProps(controlId, { hint, error })}
          className={classNames(
            CONTROL_CLASS,
            CONTROL_SIZE[compact ? "compact" : "regular"],
            unit !== undefined && "pr-12",
            className,
          )}
        />
        {unit !== undefined && (
          <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-fg-muted">{unit}</span>
        )}
      </div>
    </FieldFrame>
  );
}

type TextAreaProps = FieldText & ComponentPropsWithoutRef<"textarea">;

/** Several lines of text. */
export function TextArea({ label, hint, error, optional, id, className, rows = 4, ...area }: TextAreaProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        {...area}
        {...controlProps(controlId, { hint, error })}
        rows={rows}
        className={classNames(CONTROL_CLASS, CONTROL_SIZE.regular, "py-2", className)}
      />
    </FieldFrame>
  );
}

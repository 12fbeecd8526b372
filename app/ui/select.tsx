import { ChevronDown } from "lucide-react";
import { type ComponentPropsWithoutRef, useId } from "react";
import { classNames } from "./class-names.ts";
import { CONTROL_CLASS, CONTROL_SIZE, controlProps, FieldFrame, type FieldText } from "./field-frame.tsx";
import { Icon } from "./icon.tsx";

export type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = FieldText & ComponentPropsWithoutRef<"select"> & { options: readonly Option[]; compact?: boolean };

/** The device's own list: right for a handful of plain choices and for forms without JavaScript. */
export function Select({ label, hint, error, optional, options, compact, id, className, ...select }: SelectProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <select
          {...select}
          {...controlProps(controlId, { hint, error })}
          className={classNames(
            CONTROL_CLASS,
            CONTROL_SIZE[compact ? "compact" : "regular"],
            "appearance-none pr-10",
            className,
          )}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} size={16} className="pointer-events-none absolute inset-y-0 right-3 my-auto" />
      </div>
    </FieldFrame>
  );
}

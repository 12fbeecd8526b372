import { ChevronDown } from "lucide-react";
import { type ComponentPropsWithoutRef, useId } from "react";
import { classNames } from "./class-names.ts";
import { CONTROL_CLASS, CONTROL_SIZE, controlProps, FieldFrame, type FieldText } from "./field-frame.tsx";
import { Icon } from "./icon.tsx";

/** Options of one group follow each other. */
export type Option = { value: string; label: string; disabled?: boolean; group?: string };

type SelectProps = FieldText & ComponentPropsWithoutRef<"select"> & { options: readonly Option[]; compact?: boolean };

/** The device's own list: right for a handful of plain choices and for forms without JavaScript. */
export function Select({ label, hint, error, optional, options, compact, id, className, ...select }: SelectProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional} compact={compact}>
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
          {grouped(options).map(({ group, members }) => {
            const choices = members.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ));
            return group === undefined ? (
              choices
            ) : (
              <optgroup key={group} label={group}>
                {choices}
              </optgroup>
            );
          })}
        </select>
        <Icon of={ChevronDown} size={16} className="pointer-events-none absolute inset-y-0 right-3 my-auto" />
      </div>
    </FieldFrame>
  );
}

/** Neighbours of one group together. */
function grouped(options: readonly Option[]): { group: string | undefined; members: Option[] }[] {
  const groups: { group: string | undefined; members: Option[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.members.push(option);
    else groups.push({ group: option.group, members: [option] });
  }
  return groups;
}

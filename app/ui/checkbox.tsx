import { Check } from "lucide-react";
import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";
import { controlProps, FieldError, type FieldText } from "./field-frame.tsx";
import { Icon } from "./icon.tsx";

type CheckboxProps = Omit<ComponentPropsWithoutRef<"input">, "type" | "children"> &
  Pick<FieldText, "hint" | "error"> & { label: ReactNode };

/** One yes or no. Never ticked for the visitor. */
export function Checkbox({ label, hint, error, id, ...input }: CheckboxProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={controlId} className="grid min-h-6 cursor-pointer grid-cols-[1.5rem_1fr] items-start gap-x-3">
        <span className="relative inline-grid size-6">
          <input
            {...input}
            {...controlProps(controlId, { hint, error })}
            type="checkbox"
            className="peer size-6 appearance-none rounded-tag border border-control bg-surface checked:border-fg checked:bg-solid aria-invalid:border-bad-line"
          />
          <Icon
            of={Check}
            size={16}
            className="pointer-events-none absolute inset-0 m-auto text-on-solid opacity-0 peer-checked:opacity-100"
          />
        </span>
        <span className="min-w-0 text-16 wrap-anywhere">{label}</span>
        {hint !== undefined && (
          <span id={`${controlId}-hint`} className="col-start-2 text-14 text-fg-muted">
            {hint}
          </span>
        )}
      </label>
      <FieldError id={controlId} error={error} />
    </div>
  );
}

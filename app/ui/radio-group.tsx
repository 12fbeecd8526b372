import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { controlProps, FieldError, type FieldText } from "./field-frame.tsx";

export type Choice = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Sold out or otherwise out of reach: still focusable, so that it can be read why. */
  unavailable?: ReactNode;
};

type RadioGroupProps = Omit<FieldText, "label"> & {
  legend: string;
  name: string;
  choices: readonly Choice[];
  defaultValue?: string;
  /** `cards` for a size or color, `list` for sentences. */
  layout?: "list" | "cards";
  required?: boolean;
};

/** One of several, on native radio buttons. */
export function RadioGroup(props: RadioGroupProps) {
  const { legend, name, choices, defaultValue, hint, error, layout = "list", required } = props;
  const id = useId();
  const group = controlProps(id, { hint, error });
  return (
    <fieldset aria-describedby={group["aria-describedby"]} className="flex flex-col gap-2">
      <legend className="mb-1.5 text-16 font-medium">{legend}</legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-14 text-fg-muted">
          {hint}
        </p>
      )}
      <div className={layout === "cards" ? "flex flex-wrap gap-2" : "flex flex-col gap-3"}>
        {choices.map((choice) => (
          <RadioChoice
            key={choice.value}
            choice={choice}
            name={name}
            layout={layout}
            required={required}
            checked={choice.value === defaultValue}
          />
        ))}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}

type RadioChoiceProps = {
  choice: Choice;
  name: string;
  layout: "list" | "cards";
  required: boolean | undefined;
  checked: boolean;
};

function RadioChoice({ choice, name, layout, required, checked }: RadioChoiceProps) {
  const card = layout === "cards";
  const out = choice.unavailable !== undefined;
  return (
    <label
      className={classNames(
        "cursor-pointer",
        card
          ? "flex min-h-11 min-w-11 items-center gap-2 rounded-control border border-control bg-surface px-3 py-2 has-checked:border-fg has-checked:shadow-[inset_0_0_0_1px_var(--fg)]"
          : "grid grid-cols-[1.5rem_1fr] gap-x-3",
        out && "text-fg-muted",
      )}
    >
      <input
        type="radio"
        name={name}
        value={choice.value}
        defaultChecked={checked}
        required={required}
        aria-disabled={out || undefined}
        className="size-5 appearance-none rounded-full border border-control bg-surface checked:border-[6px] checked:border-fg"
      />
      <span className={classNames("text-16", out && "line-through")}>{choice.label}</span>
      {(choice.hint ?? choice.unavailable) !== undefined && (
        <span className={classNames("text-14 text-fg-muted", !card && "col-start-2")}>
          {choice.unavailable ?? choice.hint}
        </span>
      )}
    </label>
  );
}

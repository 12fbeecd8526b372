import { Eye, EyeOff } from "lucide-react";
import { type ComponentPropsWithoutRef, useEffect, useId, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "../class-names.ts";
import { CONTROL_CLASS, CONTROL_SIZE, controlProps, FieldFrame, type FieldText } from "../field-frame.tsx";
import { Icon } from "../icon.tsx";

type PasswordFieldProps = FieldText &
  Omit<ComponentPropsWithoutRef<"input">, "type" | "children"> & {
    autoComplete: "current-password" | "new-password";
  };

/** A password that can be pasted, filled in by a password manager, and looked at. */
export function PasswordField({ label, hint, error, optional, id, className, ...input }: PasswordFieldProps) {
  const t = useT();
  const ownId = useId();
  const controlId = id ?? ownId;
  const [visible, setVisible] = useState(false);
  const [canToggle, setCanToggle] = useState(false);
  useEffect(() => setCanToggle(true), []);
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <input
          {...input}
          {...controlProps(controlId, { hint, error })}
          type={visible ? "text" : "password"}
          spellCheck={false}
          autoCapitalize="none"
          className={classNames(CONTROL_CLASS, CONTROL_SIZE.regular, canToggle && "pr-24", className)}
        />
        {canToggle && (
          <button
            type="button"
            aria-pressed={visible}
            aria-controls={controlId}
            onClick={() => setVisible(!visible)}
            className="absolute inset-y-1 right-1 inline-flex items-center gap-1.5 rounded-compact px-2 text-14 text-fg-muted hover:bg-sunken hover:text-fg"
          >
            <Icon of={visible ? EyeOff : Eye} size={16} />
            {visible ? t("words.hide") : t("words.show")}
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

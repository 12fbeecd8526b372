import { LoaderCircle } from "lucide-react";
import type { ComponentPropsWithoutRef, MouseEvent, ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { type ButtonLook, buttonClass } from "./button-style.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type ButtonProps = ComponentPropsWithoutRef<"button"> &
  ButtonLook & {
    /**
     * Work is under way: the button keeps its width and its name, says so, and ignores further presses. Left out, the
     * button never is and needs no room for saying so.
     */
    pending?: boolean;
    pendingLabel?: string;
    icon?: ReactNode;
  };

export function Button({
  variant,
  size,
  full,
  pending,
  pendingLabel,
  icon,
  children,
  className,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const t = useT();
  const busyText = pendingLabel ?? t("words.saving");
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <>
      <button
        {...rest}
        type={type}
        aria-disabled={pending || undefined}
        onClick={press}
        className={classNames(buttonClass({ variant, size, full }), className)}
      >
        <span className="grid items-center">
          <span
            className={classNames(
              "col-start-1 row-start-1 inline-flex items-center justify-center gap-2",
              pending && "opacity-0",
            )}
          >
            {icon}
            {children}
          </span>
          {pending !== undefined && (
            <span
              aria-hidden="true"
              className={classNames(
                "col-start-1 row-start-1 inline-flex items-center justify-center gap-2",
                !pending && "invisible",
              )}
            >
              <Icon of={LoaderCircle} size={16} className={pending ? "spin" : undefined} />
              {busyText}
            </span>
          )}
        </span>
      </button>
      {/* Outside the button, which keeps its name. */}
      {pending !== undefined && (
        <span role="status" className="sr-only">
          {pending ? busyText : ""}
        </span>
      )}
    </>
  );
}

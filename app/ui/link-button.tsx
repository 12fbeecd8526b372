import { Link, type LinkProps } from "@remix-run/react";
import type { ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-style.ts";
import { classNames } from "./class-names.ts";

type LinkButtonProps = LinkProps & ButtonLook & { icon?: ReactNode };

/** Looks like a button, leads somewhere. */
export function LinkButton({ variant, size, full, icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={classNames(buttonClass({ variant, size, full }), className)}>
      {icon}
      {children}
    </Link>
  );
}

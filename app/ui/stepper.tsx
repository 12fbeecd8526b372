import { Check, X } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type Step = { label: string; state: "done" | "current" | "waiting" | "stopped" };

/** The steps of something that takes several, each with its state in words for those who cannot see it. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  const t = useT();
  return (
    <ol aria-label={label} className="flex flex-wrap gap-x-6 gap-y-3">
      {steps.map((step, index) => (
        <li
          key={step.label}
          aria-current={step.state === "current" ? "step" : undefined}
          className={classNames("flex items-center gap-2", step.state === "waiting" && "text-fg-muted")}
        >
          <span
            className={classNames(
              "tabular edge-when-forced grid size-6 place-items-center rounded-full text-13 font-medium",
              step.state === "done" && "bg-ok text-on-ok",
              step.state === "current" && "border-[1.5px] border-fg",
              step.state === "waiting" && "border border-line-strong",
              step.state === "stopped" && "bg-bad text-on-bad",
            )}
          >
            {step.state === "done" && <Icon of={Check} size={16} />}
            {step.state === "stopped" && <Icon of={X} size={16} />}
            {(step.state === "current" || step.state === "waiting") && index + 1}
          </span>
          <span className={classNames(step.state === "current" && "font-medium")}>{step.label}</span>
          {step.state === "done" && <span className="sr-only">, {t("words.stepDone")}</span>}
          {step.state === "current" && <span className="sr-only">, {t("words.stepCurrent")}</span>}
        </li>
      ))}
    </ol>
  );
}

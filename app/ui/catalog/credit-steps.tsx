import { useT } from "~/lib/i18n/language.tsx";

const STEPS = ["buy", "key", "use"] as const;

/** How credits come to a program: bought, asked for by a key, used. */
export function CreditSteps() {
  const t = useT();
  return (
    <ol className="grid gap-4 md:grid-cols-3 md:gap-6">
      {STEPS.map((step, index) => (
        <li key={step} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-5">
          <span aria-hidden="true" className="type-display text-34 text-fg-muted">
            {index + 1}
          </span>
          <h3 className="text-18 font-bold">{t(`shop.credits.${step}`)}</h3>
          <p>{t(`shop.credits.${step}Text`)}</p>
        </li>
      ))}
    </ol>
  );
}

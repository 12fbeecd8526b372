import { useEffect, useRef } from "react";
import { useT } from "~/lib/i18n/language.tsx";

export type SummarizedError = { id: string; text: string };

/** Above the heading after a failed submit: takes the focus, says so in the title, and leads to each field. */
export function ErrorSummary({ errors, form }: { errors: readonly SummarizedError[]; form?: readonly string[] }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const lines = [...(form ?? []), ...errors.map((error) => error.text)].join("\n");
  useEffect(() => {
    if (lines === "") return;
    box.current?.focus();
    const title = document.title;
    document.title = `${t("errors.prefix")} ${title}`;
    return () => {
      document.title = title;
    };
  }, [lines, t]);
  if (lines === "") return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="flex flex-col gap-2 rounded-card border border-bad-line bg-surface p-4"
    >
      {errors.length > 0 && <p className="text-16 font-bold">{t("errors.summary", { count: errors.length })}</p>}
      {form?.map((text) => (
        <p key={text} className="text-16 font-medium">
          {text}
        </p>
      ))}
      {errors.length > 0 && (
        <ul className="flex flex-col gap-1">
          {errors.map((error) => (
            <li key={error.id}>
              <a href={`#${error.id}`} className="text-16">
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

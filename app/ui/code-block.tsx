import { Check, Copy } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "./button.tsx";
import { useCopy } from "./copy-text.tsx";
import { Icon } from "./icon.tsx";

/** Code or raw text, scrollable, with a button that copies it whole. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const t = useT();
  const { copied, copy, canCopy } = useCopy(code);
  return (
    <figure className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <figcaption className="text-14 text-fg-muted">{label}</figcaption>
        {canCopy && (
          <Button size="compact" variant="quiet" onClick={copy} icon={<Icon of={copied ? Check : Copy} size={16} />}>
            {copied ? t("words.copied") : t("words.copy")}
          </Button>
        )}
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-120 overflow-auto rounded-card border border-line bg-sunken p-4 font-mono text-13"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}

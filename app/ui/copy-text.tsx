import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { shortenMiddle } from "~/lib/shorten.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

type CopyTextProps = {
  text: string;
  /** What it is, for the button's name: "order id". */
  what: string;
  /** Long ids keep their prefix and last four. */
  shorten?: boolean;
};

/** An id or code in mono, with a button that copies it whole. Without JavaScript it can be selected. */
export function CopyText({ text, what, shorten = false }: CopyTextProps) {
  const t = useT();
  const { copied, copy, canCopy } = useCopy(text);
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-middle">
      <code
        title={shorten ? text : undefined}
        className={classNames("min-w-0 font-mono text-13 select-all", shorten ? "whitespace-nowrap" : "break-all")}
      >
        {shorten ? shortenMiddle(text) : text}
      </code>
      {canCopy && (
        <button
          type="button"
          onClick={copy}
          className="grid size-6 shrink-0 place-items-center rounded-compact text-fg-muted hover:bg-sunken hover:text-fg pointer-coarse:size-8"
        >
          <Icon of={copied ? Check : Copy} size={16} />
          <span className="sr-only">{t("words.copyOf", { what })}</span>
        </button>
      )}
      <span role="status" className="sr-only">
        {copied ? t("words.copied") : ""}
      </span>
    </span>
  );
}

/** Copying, with a confirmation that fades and a button only where the browser can do it. */
export function useCopy(text: string): { copied: boolean; copy: () => void; canCopy: boolean } {
  const [copied, setCopied] = useState(false);
  const [canCopy, setCanCopy] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    setCanCopy(typeof navigator.clipboard?.writeText === "function");
    return () => window.clearTimeout(timer.current);
  }, []);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => setCopied(false), 2_000);
      },
      () => setCopied(false),
    );
  };
  return { copied, copy, canCopy };
}

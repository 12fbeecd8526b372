import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

type DialogProps = {
  title: string;
  /** Says what it is about; required, since a title alone rarely does. */
  description: ReactNode;
  children: ReactNode;
  /** Opens it; left out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** While work is under way it cannot be closed. */
  pending?: boolean;
  /** `sheet` stands at the right edge on wide screens; both rise from the bottom on a phone. */
  shape?: "dialog" | "sheet";
};

const SHAPES = {
  dialog:
    "md:inset-auto md:top-1/2 md:left-1/2 md:w-full md:max-w-form md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-dialog",
  sheet:
    "md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-full md:max-w-form md:rounded-none md:border-y-0 md:border-r-0",
} as const;

/** A question or a detail above the page. Without JavaScript the same content has an address of its own. */
export function Dialog(props: DialogProps) {
  const { title, description, children, trigger, open, onOpenChange, pending = false, shape = "dialog" } = props;
  const t = useT();
  const stayOpen = (event: Event) => {
    if (pending) event.preventDefault();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fade-in fixed inset-0 z-40 bg-backdrop" />
        <RadixDialog.Content
          onEscapeKeyDown={stayOpen}
          onInteractOutside={stayOpen}
          className={classNames(
            "rise-in fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] flex-col gap-4 overflow-y-auto rounded-t-dialog border border-line bg-raised p-5 shadow-dialog md:p-6",
            SHAPES[shape],
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <RadixDialog.Title className="text-21 font-bold">{title}</RadixDialog.Title>
            <RadixDialog.Close
              disabled={pending}
              className="-mt-1 -mr-2 grid size-9 shrink-0 place-items-center rounded-control hover:bg-sunken disabled:text-fg-disabled"
            >
              <Icon of={X} />
              <span className="sr-only">{t("words.close")}</span>
            </RadixDialog.Close>
          </div>
          <RadixDialog.Description asChild>
            <div className="text-fg-muted">{description}</div>
          </RadixDialog.Description>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Wraps a button that closes the dialog it stands in. */
export const DialogClose = RadixDialog.Close;

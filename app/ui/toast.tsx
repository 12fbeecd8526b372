import { Check, X } from "lucide-react";
import { Toast as RadixToast } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Icon } from "./icon.tsx";

type Shown = { id: number; text: string; action: ToastAction | undefined };
export type ToastAction = { label: string; onPress: () => void };
type ShowToast = (text: string, action?: ToastAction) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Confirms what is already visible. An error or a sum never stands here alone. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT();
  const [shown, setShown] = useState<Shown[]>([]);
  const lastId = useRef(0);
  const show = useCallback<ShowToast>((text, action) => {
    lastId.current += 1;
    setShown((before) => [...before, { id: lastId.current, text, action }]);
  }, []);
  const hide = (id: number) => setShown((before) => before.filter((toast) => toast.id !== id));
  return (
    <ToastContext.Provider value={show}>
      <RadixToast.Provider label={t("words.notice")} duration={6_000}>
        {children}
        {shown.map((toast) => (
          <RadixToast.Root
            key={toast.id}
            duration={toast.action ? 10_000 : 6_000}
            onOpenChange={(open) => {
              if (!open) hide(toast.id);
            }}
            className="rise-in flex items-center gap-3 rounded-card border border-line-strong bg-raised p-3 pl-4 shadow-popover"
          >
            <Icon of={Check} className="text-on-ok" />
            <RadixToast.Description className="grow">{toast.text}</RadixToast.Description>
            {toast.action && (
              <RadixToast.Action
                altText={toast.action.label}
                onClick={toast.action.onPress}
                className="min-h-8 rounded-compact px-2 font-medium underline"
              >
                {toast.action.label}
              </RadixToast.Action>
            )}
            <RadixToast.Close className="grid size-8 place-items-center rounded-compact hover:bg-sunken">
              <Icon of={X} size={16} />
              <span className="sr-only">{t("words.close")}</span>
            </RadixToast.Close>
          </RadixToast.Root>
        ))}
        <RadixToast.Viewport className="fixed inset-x-4 bottom-20 z-50 flex flex-col gap-2 md:right-6 md:bottom-6 md:left-auto md:w-96" />
      </RadixToast.Provider>
    </ToastContext.Provider>
  );
}

import { Keyboard } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Icon } from "../icon.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { ShortcutHelp, useShortcuts } from "./shortcuts.tsx";

/** The command menu and the shortcuts of every page of the back office, and a button that tells of them. */
export function OfficeKeys({ on }: { on: boolean }) {
  const t = useT();
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const showHelp = useCallback(() => setHelp(true), []);
  useShortcuts(on, { showHelp });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setMenu((open) => !open);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={showHelp}
        className="inline-grid min-h-8 min-w-8 place-items-center rounded-compact hover:bg-sunken max-md:hidden"
      >
        <Icon of={Keyboard} size={16} />
        <span className="sr-only">{t("lists.keys.help")}</span>
      </button>
      <CommandMenu open={menu} onOpenChange={setMenu} showHelp={showHelp} />
      <ShortcutHelp open={help} onOpenChange={setHelp} on={on} />
    </>
  );
}

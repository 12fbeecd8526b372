import { Form, useLocation, useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";
import { OFFICE_PAGES } from "./navigation.ts";
import { chooseRow, focusSearch, moveRow, pressesAKey } from "./row-focus.ts";

/** After `g`, the second key is waited for this long. */
const CHORD_MS = 1_500;
/** Before any key. Not 0: a key within the first moments of a page would count as the second one. */
const NEVER = Number.NEGATIVE_INFINITY;

const PAGES = OFFICE_PAGES.flat();

/**
 * Single keys of the back office: rows, search, pages, help. They rest while somebody types, composes, holds a key down
 * or has a dialog open, and can be switched off for good (WCAG 2.1.4).
 */
export function useShortcuts(on: boolean, act: { showHelp: () => void }): void {
  const navigate = useNavigate();
  const chord = useRef(NEVER);
  const { showHelp } = act;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (!pressesAKey(event)) return;
      const waits = event.timeStamp - chord.current < CHORD_MS;
      chord.current = NEVER;
      const page = waits ? PAGES.find((one) => one.key === event.key) : undefined;
      if (page) navigate(page.to);
      else if (event.key === "g") chord.current = event.timeStamp;
      else if (event.key === "j") moveRow(1);
      else if (event.key === "k") moveRow(-1);
      else if (event.key === "x") chooseRow();
      else if (event.key === "/") focusSearch();
      else if (event.key === "?") showHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [on, navigate, showHelp]);
}

/** Which keys there are, and the switch that turns them off. */
export function ShortcutHelp({
  open,
  onOpenChange,
  on,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  on: boolean;
}) {
  const t = useT();
  const keys: [string[], string][] = [
    [["⌘ K"], t("lists.keys.open")],
    [["/"], t("lists.keys.focus")],
    [["j"], t("lists.keys.down")],
    [["k"], t("lists.keys.up")],
    [["↵"], t("lists.keys.enter")],
    [["x"], t("lists.keys.select")],
    ...PAGES.flatMap(({ key, label }): [string[], string][] =>
      key ? [[["g", key], t("lists.keys.goTo", { place: t(label) })]] : [],
    ),
    [["?"], t("lists.keys.help")],
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("lists.keys.title")} description={t("lists.keys.about")}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-14">
        {keys.map(([pressed, what]) => (
          <div key={what} className="contents">
            <dt className="flex items-center gap-1">
              {pressed.map((key, index) => (
                <span key={key} className="contents">
                  {index > 0 && <span className="text-fg-muted">{t("lists.keys.then")}</span>}
                  <Key>{key}</Key>
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <ShortcutSwitch on={on} />
    </Dialog>
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-grid min-w-6 place-items-center rounded-tag border border-line-strong bg-sunken px-1.5 py-0.5 font-mono text-12">
      {children}
    </kbd>
  );
}

/** Turns single keys off and on again, for this browser. */
export function ShortcutSwitch({ on }: { on: boolean }) {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/preferences">
      <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
      <Button type="submit" size="compact" name="shortcuts" value={on ? "off" : "on"}>
        {t(on ? "lists.keys.off" : "lists.keys.on")}
      </Button>
    </Form>
  );
}

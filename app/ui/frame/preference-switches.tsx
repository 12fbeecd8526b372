import { Form, useLocation } from "@remix-run/react";
import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { LOCALES } from "~/lib/locale.ts";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { usePageFacts } from "~/lib/page/page-facts.tsx";
import { useRootData } from "~/lib/page/root-data.ts";
import { THEMES, type Theme } from "~/lib/page/theme.ts";
import { Icon } from "../icon.tsx";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

const SEGMENT =
  "inline-flex min-h-8 min-w-8 items-center justify-center gap-1.5 rounded-compact px-2 text-14 hover:bg-sunken aria-pressed:bg-solid aria-pressed:text-on-solid pointer-coarse:min-h-11 pointer-coarse:min-w-11";
const GROUP = "inline-flex rounded-control border border-control bg-surface p-0.5";

/** Swedish or English; leads to the same page in the other language. Works without JavaScript. */
export function LanguageSwitch() {
  return (
    <PreferenceForm>
      <Languages />
    </PreferenceForm>
  );
}

/** The device's theme, light or dark. Works without JavaScript. */
export function ThemeSwitch() {
  const facts = usePageFacts();
  return (
    <PreferenceForm>
      <Themes theme={useRootData()?.theme ?? facts.theme} />
    </PreferenceForm>
  );
}

const Languages = drawnOnce("languages", () => {
  const t = useT();
  const locale = useLocale();
  return (
    <fieldset className={GROUP}>
      <legend className="sr-only">{t("words.language")}</legend>
      {LOCALES.map((name) => (
        <button
          key={name}
          name="locale"
          value={name}
          lang={name}
          aria-pressed={name === locale}
          type="submit"
          className={SEGMENT}
        >
          {t(`words.languageName.${name}`)}
        </button>
      ))}
    </fieldset>
  );
});

const Themes = drawnOnce("themes", ({ theme }: { theme: Theme }) => {
  const t = useT();
  return (
    <fieldset className={GROUP}>
      <legend className="sr-only">{t("words.theme")}</legend>
      {THEMES.map((name) => (
        <button
          key={name}
          name="theme"
          value={name}
          aria-pressed={name === theme}
          type="submit"
          title={t(`words.theme.${name}`)}
          className={SEGMENT}
        >
          <Icon of={THEME_ICONS[name]} size={16} />
          <span className="sr-only">{t(`words.theme.${name}`)}</span>
        </button>
      ))}
    </fieldset>
  );
});

function PreferenceForm({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/preferences" preventScrollReset>
      <input type="hidden" name="returnTo" value={pathname + search} />
      {children}
    </Form>
  );
}

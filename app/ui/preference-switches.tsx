import { Form, useLocation } from "@remix-run/react";
import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { LOCALES } from "~/lib/locale.ts";
import { usePageFacts } from "~/lib/page-facts.tsx";
import { useRootData } from "~/lib/root-data.ts";
import { THEMES } from "~/lib/theme.ts";
import { Icon } from "./icon.tsx";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

const SEGMENT =
  "inline-flex min-h-8 min-w-8 items-center justify-center gap-1.5 rounded-compact px-2 text-14 hover:bg-sunken aria-pressed:bg-solid aria-pressed:text-on-solid pointer-coarse:min-h-11 pointer-coarse:min-w-11";
const GROUP = "inline-flex rounded-control border border-control bg-surface p-0.5";

/** Swedish or English; leads to the same page in the other language. Works without JavaScript. */
export function LanguageSwitch() {
  const t = useT();
  const locale = useLocale();
  return (
    <PreferenceForm label={t("words.language")}>
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
    </PreferenceForm>
  );
}

/** The device's theme, light or dark. Works without JavaScript. */
export function ThemeSwitch() {
  const t = useT();
  const facts = usePageFacts();
  const theme = useRootData()?.theme ?? facts.theme;
  return (
    <PreferenceForm label={t("words.theme")}>
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
    </PreferenceForm>
  );
}

function PreferenceForm({ label, children }: { label: string; children: ReactNode }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/preferences" preventScrollReset>
      <input type="hidden" name="returnTo" value={pathname + search} />
      <fieldset className={GROUP}>
        <legend className="sr-only">{label}</legend>
        {children}
      </fieldset>
    </Form>
  );
}

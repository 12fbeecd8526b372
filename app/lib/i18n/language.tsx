import { createContext, Fragment, type ReactNode, useContext } from "react";
import type { Locale } from "../locale.ts";
import { type MessageKey, messageParts, type ParameterName, type Translate, t } from "./translate.ts";

const LanguageContext = createContext<Locale>("sv");

export const LanguageProvider = LanguageContext.Provider;

export function useLocale(): Locale {
  return useContext(LanguageContext);
}

/** The translator of the page's language. */
export function useT(): Translate {
  return t(useLocale());
}

type RichProps<Key extends MessageKey> = {
  message: Key;
  values: Record<ParameterName<Key>, ReactNode>;
};

/** A sentence with elements in its blanks: a link, a `<time>`, a sum in bold. */
export function Rich<Key extends MessageKey>({ message, values }: RichProps<Key>) {
  const locale = useLocale();
  const given: Record<string, ReactNode> = values;
  const count = given.count;
  return messageParts(locale, message, typeof count === "number" ? count : undefined).map((part) =>
    "text" in part ? (
      <Fragment key={part.text}>{part.text}</Fragment>
    ) : (
      <Fragment key={`{${part.name}}`}>{given[part.name]}</Fragment>
    ),
  );
}

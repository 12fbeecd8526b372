import { type ReactNode, useId } from "react";
import { useLocale } from "../i18n/language.tsx";
import { usePageFacts } from "./page-facts.tsx";

/** What can be told from another by its text alone. */
type Plain<Value> = Value extends string | number | boolean | null | undefined | Date
  ? Value
  : Value extends (...given: never[]) => unknown
    ? never
    : { readonly [Name in keyof Value]: Plain<Value[Name]> };

/**
 * The same component, of which the server keeps what it drew: a page that shows it with the same props, in the same
 * language and place, gets the text of then instead of hundreds of elements rendered anew. Its markup must follow from
 * these alone: it asks for no address, session or state of the page, and has elements at its beginning and end.
 */
export function drawnOnce<Props extends object>(
  name: string,
  Component: (props: Props) => ReactNode,
  ..._propsArePlain: Props extends Plain<Props> ? [] : [never]
) {
  return function DrawnOnce(props: Props) {
    const { pieces } = usePageFacts();
    const locale = useLocale();
    // Fields and their labels are told from others by where they stand.
    const place = useId();
    const piece = pieces?.find([name, locale, place, JSON.stringify(props)].join(" "));
    // Three children on the server and in the browser: ids of fields inside count them.
    return (
      <>
        {piece && <template data-drawn={`${piece.known ? "before" : "from"} ${piece.number}`} />}
        {piece?.known ? null : <Component {...props} />}
        {piece && !piece.known && <template data-drawn={`to ${piece.number}`} />}
      </>
    );
  };
}

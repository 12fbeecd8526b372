import { Fragment } from "react";

/** What may begin a line of a long name that has no spaces: `checkout.session.completed`, `name@company.example`. */
const SEAMS = /(?=[.@_/-])/;

/** A long name, broken where it has seams; in the middle of a word only where a part is wider than the line. */
export function BreakAt({ text }: { text: string }) {
  const parts = text.split(SEAMS);
  return (
    <span className="break-words">
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

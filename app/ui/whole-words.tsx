import { Fragment } from "react";

/** A word that begins with one letter and a hyphen: `e-post`, `T-shirt`. */
const SEAM = /(?<![\p{L}\p{N}-])(\p{L}-\p{L})/u;

/**
 * A heading in which no line ends with the letter and the hyphen of such a word. The words stay what they are, to be copied, found and
 * read aloud; and a word that is wider than its line is broken further on.
 */
export function WholeWords({ children }: { children: string }) {
  return children.split(SEAM).map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
      <span key={place} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
      <Fragment key={place}>{part}</Fragment>
    ),
  );
}

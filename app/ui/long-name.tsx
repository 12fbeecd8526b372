import type { ReactNode } from "react";

/** A name in a table: no narrower than a word usually is and no wider than a line, and broken anywhere rather than pushing the rest away. */
export function LongName({ children }: { children: ReactNode }) {
  return <span className="block max-w-[44ch] wrap-anywhere md:min-w-[16ch]">{children}</span>;
}

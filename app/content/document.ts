/** A page of text: the terms, how personal data is treated, cookies. */
export type TextDocument = {
  title: string;
  description: string;
  updated: string;
  lead: string;
  sections: ReadonlyArray<{ id: string; title: string; paragraphs: ReadonlyArray<string | readonly string[]> }>;
};

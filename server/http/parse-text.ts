/** A page of text: the terms, how personal data is treated, cookies. `{company}`, `{address}`, `{email}` are the seller's. */
export type OwnText = {
  readonly title: string;
  readonly description: string;
  /** The day it was changed last: `2026-11-20`. */
  readonly updated: string;
  readonly lead: string;
  /** A paragraph, or a list of points. */
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly paragraphs: readonly (string | readonly string[])[];
  }[];
};

/**
 * Reads a text that the shop's owner wrote: `# Title`, a lead, then `## Section {#id}` with paragraphs between empty lines
 * and points that begin with `- `. Throws what is missing, in words for whoever wrote it.
 */
export function parseText(source: string, updated: string): OwnText {
  const [head = "", ...parts] = source.replaceAll("\r\n", "\n").split(/^## /m);
  const [first = "", ...rest] = head.trim().split("\n");
  const title = /^# +(.+)$/.exec(first)?.[1]?.trim();
  if (!title) throw new Error("must begin with `# ` and its title");
  const lead = rest.join(" ").replaceAll(/\s+/g, " ").trim();
  if (!lead) throw new Error("must say what it is about between its title and its first section");
  if (parts.length === 0) throw new Error("must have a section: a line that begins with `## `");
  return { title, description: lead.slice(0, 160), updated, lead, sections: parts.map(section) };
}

function section(part: string): OwnText["sections"][number] {
  const [heading = "", ...lines] = part.split("\n");
  const named = /^(.*?)(?:\s*\{#([a-z][a-z0-9-]*)\})?\s*$/.exec(heading);
  const title = named?.[1]?.trim() ?? "";
  if (!title) throw new Error("has a section without a title");
  const blocks = lines.join("\n").split(/\n\s*\n/);
  const paragraphs = blocks.map((block) => block.trim()).filter(Boolean);
  return { id: named?.[2] ?? slug(title), title, paragraphs: paragraphs.map(paragraph) };
}

function paragraph(block: string): string | readonly string[] {
  const lines = block.split("\n").map((line) => line.trim());
  if (!lines.every((line) => line.startsWith("- "))) return lines.join(" ");
  return lines.map((line) => line.slice(2).trim());
}

function slug(title: string): string {
  const plain = title.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
  return plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "section";
}

const entities: Record<string, string> = { "&amp;": "&", "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">" };

/** Every address a reader could follow, in the order of appearance, each once. */
export function linksIn(text: string, html: string): string[] {
  const hrefs = [...html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map((match) => match[1] ?? match[2] ?? "");
  const written = [...text.matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map((match) => match[0].replace(/[.,;:!?]+$/, ""));
  const all = [
    ...hrefs.map((href) => href.replace(/&(?:amp|quot|#39|lt|gt);/g, (entity) => entities[entity] ?? entity)),
    ...written,
  ];
  return [...new Set(all.filter((link) => /^https?:\/\//.test(link)))];
}

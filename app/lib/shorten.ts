/** `sub_01J9ZK…4XQ2`: a long id keeps its prefix, a little of its start and its last four. */
export function shortenMiddle(text: string, keep = 16): string {
  if (text.length <= keep) return text;
  const prefix = text.slice(0, text.lastIndexOf("_", 12) + 1);
  return `${text.slice(0, Math.max(prefix.length + 4, keep - 6))}…${text.slice(-4)}`;
}

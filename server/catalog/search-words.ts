/** Lower case without accents, as the index of words has them (`PRODUCT_WORDS` in the schema). */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("æ", "a").replaceAll("ø", "o").normalize("NFD").replace(/\p{M}/gu, "");
}

const MOST_WORDS = 8;

/** What was searched for, word by word: letters and digits only, so that nothing in it means anything to the database. */
export function searchWords(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}

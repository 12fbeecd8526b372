/** How many texts are kept at most. */
const most = 512;

/**
 * The texts of objects that will soon be sent just as they are written to the file, so that they are not put into words twice. A
 * text belongs to one very object: what changed since has another.
 */
export class KeptTexts<T extends { id: string }> {
  readonly #texts = new Map<string, { object: T; text: string | undefined }>();

  /** This object will be sent: its text is kept when it is written. */
  expect(object: T): void {
    if (this.#texts.get(object.id)?.object === object) return;
    this.#texts.delete(object.id);
    this.#texts.set(object.id, { object, text: undefined });
    if (this.#texts.size <= most) return;
    const oldest = this.#texts.keys().next();
    if (!oldest.done) this.#texts.delete(oldest.value);
  }

  /** An object as JSON. */
  write(object: T): string {
    const text = JSON.stringify(object);
    const expected = this.#texts.get(object.id);
    if (expected?.object === object) expected.text = text;
    return text;
  }

  /** The text of an object that was written. */
  of(object: T): string | undefined {
    const known = this.#texts.get(object.id);
    return known?.object === object ? known.text : undefined;
  }

  clear(): void {
    this.#texts.clear();
  }
}

/**
 * How many objects of a kind are kept parsed; the file holds them all, so memory does not grow with history. More of what every
 * renewal looks at again, and reading it anew each time would cost most of all.
 */
const [usual, many] = [512, 2_500];

/** The objects of one kind that were looked at last. */
export class RecentObjects<T extends { id: string }> {
  readonly #objects = new Map<string, T>();
  readonly #most: number;

  constructor(keepsMany: boolean) {
    this.#most = keepsMany ? many : usual;
  }

  get(id: string): T | undefined {
    return this.#objects.get(id);
  }

  keep(object: T): T {
    this.#objects.delete(object.id);
    this.#objects.set(object.id, object);
    if (this.#objects.size > this.#most) {
      const oldest = this.#objects.keys().next();
      if (!oldest.done) this.#objects.delete(oldest.value);
    }
    return object;
  }

  delete(id: string): void {
    this.#objects.delete(id);
  }

  clear(): void {
    this.#objects.clear();
  }
}

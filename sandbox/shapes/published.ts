import { differences } from "./differences.ts";
import type { OperationShape, Resolved, Shape, Shapes } from "./shape.ts";

const generic = (path: string) => path.replace(/:\w+/g, ":");
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the installed client's types say of the API: the measure for what is taken and what is answered. */
export class Published {
  readonly #shapes: Shapes;
  readonly #operations: Map<string, OperationShape>;
  readonly #others: Map<string, RegExp[]>;

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
    this.#operations = new Map(shapes.operations.map((one) => [`${one.method} ${generic(one.path)}`, one]));
    this.#others = new Map();
    for (const [method, path] of [
      ...shapes.operations.map((one) => [one.method, one.path] as const),
      ...shapes.others,
    ]) {
      const pattern = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`);
      this.#others.set(method, [...(this.#others.get(method) ?? []), pattern]);
    }
  }

  get operations(): readonly OperationShape[] {
    return this.#shapes.operations;
  }

  /** By the address with `:id` for each id. */
  operation(method: string, path: string): OperationShape | undefined {
    return this.#operations.get(`${method} ${generic(path)}`);
  }

  /** Whether the provider has an operation at an address as it was called. */
  has(method: string, address: string): boolean {
    return (this.#others.get(method) ?? []).some((one) => one.test(address));
  }

  /** What stands behind references, until it is no reference. */
  resolve(shape: Shape): Resolved {
    if (typeof shape !== "object" || !("ref" in shape)) return shape;
    return this.resolve(this.#shapes.named[shape.ref] ?? "anything");
  }

  /** What an answer says that its shape does not allow, and what it leaves out. */
  problemsOfAnswer(operation: OperationShape, answer: unknown): string[] {
    const at = isTable(answer) && typeof answer.object === "string" ? answer.object : "answer";
    return differences((one) => this.resolve(one), operation.answer, answer, at);
  }

  /** The same for an object by itself, as an event carries it. */
  problemsOfObject(object: unknown): string[] {
    const kind = isTable(object) ? String(object.object) : "";
    const names = this.#shapes.kinds[kind] ?? [];
    if (names.length === 0) return [`${kind}: no such object is published`];
    const tries = names.map((ref) => differences((one) => this.resolve(one), { ref }, object, kind));
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  }
}

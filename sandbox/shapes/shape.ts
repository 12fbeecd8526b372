/** A value's shape as the official types say it: short, because thousands of them are kept. */
export type Shape =
  | "string"
  | "number"
  | "boolean"
  | "null"
  /** An empty text, which clears what it is sent for. */
  | "empty"
  | "anything"
  | { enum: (string | number | boolean)[]; open?: true }
  | { list: Shape }
  | { map: Shape }
  | { ref: string }
  | { either: Shape[] }
  | { fields: Record<string, Shape>; optional: string[] };

/** What stands behind references. */
export type Resolved = Exclude<Shape, { ref: string }>;

export interface OperationShape {
  method: string;
  /** With `:id` for each id. */
  path: string;
  /** Null when it takes nothing. */
  parameters: Shape | null;
  answer: Shape;
}

export interface Shapes {
  /** What they were made from: the client's version and the form they are kept in. */
  key: string;
  operations: OperationShape[];
  /** Addresses that the provider has and this product has no use for. */
  others: [method: string, path: string][];
  /** By the file and the name they are declared under. */
  named: Record<string, Shape>;
  /** For each value of `object`, the named shapes that have it. */
  kinds: Record<string, string[]>;
}

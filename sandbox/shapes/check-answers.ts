import type { Published } from "./published.ts";
import type { OperationShape } from "./shape.ts";

/** Said by real answers though the published types do not name it, as the recordings show. */
const beyond = [
  // Embedded lists count what they hold.
  /\.total_count: not published$/,
  // The older form of a subscription with one item, wherever a subscription is shown.
  /\.(plan|quantity): not published$/,
];

function complain(where: string, problems: readonly string[]): void {
  const wrong = [...new Set(problems)].filter((one) => !beyond.some((known) => known.test(one)));
  if (wrong.length > 0)
    throw new Error(`${where} is not as the provider publishes it: ${wrong.slice(0, 12).join("; ")}`);
}

/** Holds an answer against its published shape; throws, since a wrong answer is a fault of the sandbox. */
export function checkAnswer(published: Published, operation: OperationShape, answer: unknown): void {
  complain(
    `The answer of ${operation.method} ${operation.path}`,
    published.problemsOfAnswer(operation, JSON.parse(JSON.stringify(answer))),
  );
}

/** The same for the object that an event tells of. */
export function checkEvent(published: Published, type: string, object: object): void {
  complain(`The object of ${type}`, published.problemsOfObject(JSON.parse(JSON.stringify(object))));
}

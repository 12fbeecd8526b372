import ts from "typescript";
import type { Shape } from "./shape.ts";

interface ClientCall {
  name: string;
  method: string;
  path: string;
}

/** The calls that one class of the client makes, from its program text. */
export function callsIn(program: string, className: string): ClientCall[] {
  const begin = program.indexOf(`class ${className} `);
  if (begin < 0) return [];
  const end = program.indexOf("\nclass ", begin + 1);
  const next = program.indexOf("\nexport class ", begin + 1);
  const stops = [end, next].filter((one) => one > 0);
  const body = program.slice(begin, stops.length > 0 ? Math.min(...stops) : undefined);
  const call = /^ {4}(\w+)\([^)]*\) \{\s*(?:(?!^ {4}\}).)*?this\._makeRequest\('([A-Z]+)', [`']([^`']+)[`']/gms;
  return [...body.matchAll(call)].map(([, name = "", method = "", path = ""]) => ({
    name,
    method,
    path: path.replace(/\$\{encodeURIComponent\((\w+)\)\}/g, ":$1"),
  }));
}

/** The type of what a call takes beside the ids in its address. */
export function parametersOf(signature: ts.MethodDeclaration, source: ts.SourceFile): ts.TypeNode | undefined {
  return signature.parameters.find((one) => one.name.getText(source) === "params")?.type;
}

const field = (shape: Shape, name: string): Shape => ({
  fields: { object: { enum: [name] }, data: { list: shape }, has_more: "boolean", url: "string" },
  optional: [],
});

const searched = (shape: Shape): Shape => ({
  fields: {
    object: { enum: ["search_result"] },
    data: { list: shape },
    has_more: "boolean",
    next_page: { either: ["string", "null"] },
    total_count: "number",
    url: "string",
  },
  optional: ["total_count"],
});

/** What a call answers: a list, a search's result or one object. */
export function answerOf(signature: ts.MethodDeclaration, shapeOf: (type: ts.TypeNode) => Shape): Shape {
  const { type } = signature;
  if (!type || !ts.isTypeReferenceNode(type)) return "anything";
  const [inner] = type.typeArguments ?? [];
  const outer = type.typeName.getText();
  if (!inner) return "anything";
  if (outer === "ApiListPromise") return field(shapeOf(inner), "list");
  if (outer === "ApiSearchResultPromise") return searched(shapeOf(inner));
  const response =
    ts.isTypeReferenceNode(inner) && inner.typeName.getText() === "Response" ? inner.typeArguments?.[0] : inner;
  return response ? shapeOf(response) : "anything";
}

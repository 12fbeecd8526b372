import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Shape } from "./shape.ts";

/** Where a name is looked up: the file, and the namespaces around it from the inside out. */
export interface Scope {
  file: string;
  inside: readonly string[];
}

type Declared = { node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration; scope: Scope };

interface FileNames {
  source: ts.SourceFile;
  declared: Map<string, Declared>;
  /** Local name → the file and the name there. */
  imported: Map<string, { file: string; name: string }>;
}

/** Types of the client itself that stand for plain values. */
const plain: Record<string, Shape> = {
  Metadata: { map: "string" },
  MetadataParam: { map: { either: ["string", "number", "null"] } },
  Decimal: "string",
  OtherString: "string",
  Record: "anything",
};

/** The declarations of the client's types, read one file at a time, and which of them were asked for. */
export class Declarations {
  readonly #folder: string;
  readonly #files = new Map<string, FileNames>();
  readonly #named = new Map<string, Shape | undefined>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  source(file: string): ts.SourceFile {
    return this.#names(file).source;
  }

  scope(file: string): Scope {
    return { file, inside: [] };
  }

  reached(): Record<string, Shape> {
    return Object.fromEntries(
      [...this.#named].flatMap(([name, shape]) => (shape === undefined ? [] : [[name, shape]])),
    );
  }

  /** Takes up a declaration that no operation names, as of what only events tell of. */
  reach(file: string, name: string): void {
    this.#name(file, name);
  }

  /** The reached shapes by what they say in `object`. */
  kinds(): Record<string, string[]> {
    const kinds: Record<string, string[]> = {};
    for (const [name, shape] of this.#named) {
      if (typeof shape !== "object" || !("fields" in shape)) continue;
      const { object } = shape.fields;
      if (typeof object !== "object" || !("enum" in object) || object.enum.length !== 1) continue;
      const kind = String(object.enum[0]);
      kinds[kind] = [...(kinds[kind] ?? []), name];
    }
    return kinds;
  }

  shape(type: ts.TypeNode, scope: Scope): Shape {
    if (ts.isParenthesizedTypeNode(type)) return this.shape(type.type, scope);
    if (ts.isUnionTypeNode(type)) return this.#either(type.types.map((one) => this.shape(one, scope)));
    if (ts.isArrayTypeNode(type)) return { list: this.shape(type.elementType, scope) };
    if (ts.isLiteralTypeNode(type)) return literal(type);
    if (ts.isTypeLiteralNode(type)) return this.#fields(type.members, scope);
    if (ts.isTypeReferenceNode(type)) return this.#reference(type, scope);
    if (ts.isIntersectionTypeNode(type)) return "anything";
    return words[type.kind] ?? "anything";
  }

  #either(shapes: Shape[]): Shape {
    const flat = shapes.flatMap((one) => (typeof one === "object" && "either" in one ? one.either : [one]));
    const values = flat.flatMap((one) => (typeof one === "object" && "enum" in one ? one.enum : []));
    const rest = flat.filter((one) => typeof one !== "object" || !("enum" in one));
    if (values.length === 0) return { either: rest };
    const onlyWords = values.every((one) => typeof one === "string");
    // An enumeration that ends in any text is one that newer versions may add to.
    const open = onlyWords && rest.includes("string");
    const named: Shape = { enum: values, ...(open ? { open: true as const } : {}) };
    const others = open ? rest.filter((one) => one !== "string") : rest;
    return others.length === 0 ? named : { either: [named, ...others] };
  }

  #reference(type: ts.TypeReferenceNode, scope: Scope): Shape {
    const path = type.typeName.getText().split(".");
    const [inner] = type.typeArguments ?? [];
    const [first = ""] = path;
    if (first === "Emptyable" && inner) return this.#either(["empty", "null", this.shape(inner, scope)]);
    if ((first === "Array" || first === "ReadonlyArray") && inner) return { list: this.shape(inner, scope) };
    if (first === "ApiList" && inner) return listShape(this.shape(inner, scope));
    const known = plain[path.at(-1) ?? ""];
    if (known !== undefined) return known;
    const found = this.#find(path, scope);
    if (!found) return "anything";
    return this.#name(found.file, found.name);
  }

  /** A reference to a declaration, which is read the first time it is named. */
  #name(file: string, name: string): Shape {
    const key = `${file.replace(/^resources\//, "")}#${name}`;
    if (!this.#named.has(key)) {
      this.#named.set(key, undefined);
      const declared = this.#names(file).declared.get(name);
      if (declared) this.#named.set(key, this.#declaration(declared));
    }
    return { ref: key };
  }

  #declaration({ node, scope }: Declared): Shape {
    if (ts.isTypeAliasDeclaration(node)) return this.shape(node.type, scope);
    const own = this.#fields(node.members, scope);
    const bases = (node.heritageClauses ?? []).flatMap((clause) => clause.types);
    if (typeof own !== "object" || !("fields" in own)) return own;
    for (const base of bases) {
      const found = this.#find(base.expression.getText().split("."), scope);
      const declared = found && this.#names(found.file).declared.get(found.name);
      const inherited = declared && this.#declaration(declared);
      if (typeof inherited !== "object" || !("fields" in inherited)) continue;
      const added = Object.keys(inherited.fields).filter((name) => !(name in own.fields));
      for (const name of added) own.fields[name] = inherited.fields[name] ?? "anything";
      own.optional.push(...inherited.optional.filter((name) => added.includes(name)));
    }
    return own;
  }

  #fields(members: ts.NodeArray<ts.TypeElement>, scope: Scope): Shape {
    const fields: Record<string, Shape> = {};
    const optional: string[] = [];
    for (const member of members) {
      if (ts.isIndexSignatureDeclaration(member)) return { map: this.shape(member.type, scope) };
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
      fields[name] = this.shape(member.type, scope);
      if (member.questionToken) optional.push(name);
    }
    return { fields, optional };
  }

  #find(path: string[], scope: Scope): { file: string; name: string } | undefined {
    const { declared, imported } = this.#names(scope.file);
    for (let depth = scope.inside.length; depth >= 0; depth -= 1) {
      const name = [...scope.inside.slice(0, depth), ...path].join(".");
      if (declared.has(name)) return { file: scope.file, name };
    }
    const [first = "", ...rest] = path;
    const from = imported.get(first);
    return from && { file: from.file, name: [from.name, ...rest].join(".") };
  }

  #names(file: string): FileNames {
    const known = this.#files.get(file);
    if (known) return known;
    const path = join(this.#folder, `${file}.d.ts`);
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    const names: FileNames = { source, declared: new Map(), imported: new Map() };
    this.#files.set(file, names);
    collect(names, file, source.statements, []);
    return names;
  }
}

const words: Partial<Record<ts.SyntaxKind, Shape>> = {
  [ts.SyntaxKind.StringKeyword]: "string",
  [ts.SyntaxKind.NumberKeyword]: "number",
  [ts.SyntaxKind.BooleanKeyword]: "boolean",
};

function literal({ literal: value }: ts.LiteralTypeNode): Shape {
  if (value.kind === ts.SyntaxKind.NullKeyword) return "null";
  if (value.kind === ts.SyntaxKind.TrueKeyword) return { enum: [true] };
  if (value.kind === ts.SyntaxKind.FalseKeyword) return { enum: [false] };
  if (ts.isStringLiteral(value)) return value.text === "" ? "empty" : { enum: [value.text] };
  return ts.isNumericLiteral(value) ? { enum: [Number(value.text)] } : "anything";
}

function listShape(item: Shape): Shape {
  return {
    fields: { object: { enum: ["list"] }, data: { list: item }, has_more: "boolean", url: "string" },
    optional: [],
  };
}

function collect(names: FileNames, file: string, statements: readonly ts.Statement[], inside: string[]): void {
  for (const statement of statements) {
    if (ts.isImportDeclaration(statement)) importNames(names, file, statement);
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      const own = [...inside, statement.name.text];
      names.declared.set(own.join("."), { node: statement, scope: { file, inside: own } });
    }
    if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body))
      collect(names, file, statement.body.statements, [...inside, statement.name.text]);
  }
}

function importNames(names: FileNames, file: string, statement: ts.ImportDeclaration): void {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings) || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const target = join(dirname(file), statement.moduleSpecifier.text.replace(/\.js$/, ""));
  for (const one of bindings.elements)
    names.imported.set(one.name.text, { file: target, name: (one.propertyName ?? one.name).text });
}

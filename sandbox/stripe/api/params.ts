import { invalid, notSimulated } from "./errors.ts";
import type { Raw, RawTable } from "./form.ts";

/** One parameter: how its text becomes a value. `undefined` in means it was not sent. */
export interface Field<T> {
  read(raw: Raw | undefined, at: string): T;
  /** The names inside it that are refused as not simulated; "" is the parameter itself. */
  notSimulated?: readonly string[];
}
export type Shape = Record<string, Field<unknown>>;
export type Values<S extends Shape> = { [Name in keyof S]: S[Name] extends Field<infer T> ? T : never };

const cannotBeEmpty = (at: string) =>
  invalid(
    `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
    at,
    "parameter_invalid_empty",
  );

/** A parameter of one value. */
function scalar<T>(read: (text: string, at: string) => T): Field<T | undefined> {
  return {
    read(raw, at) {
      if (raw === undefined) return undefined;
      if (typeof raw !== "string") throw invalid("Invalid string: {}", at);
      if (raw === "") throw cannotBeEmpty(at);
      return read(raw, at);
    },
  };
}

export function text(maximum = 5000): Field<string | undefined> {
  return scalar((value, at) => {
    if (value.length > maximum) {
      throw invalid(`Invalid string: ${value.slice(0, 10)}…; must be at most ${maximum} characters`, at);
    }
    return value;
  });
}

export function integer(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Field<number | undefined> {
  return scalar((value, at) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
      throw invalid(`Invalid integer: ${value}`, at, "parameter_invalid_integer");
    }
    if (number < least) {
      throw invalid(`This value must be greater than or equal to ${least}.`, at, "parameter_invalid_integer");
    }
    if (number > most)
      throw invalid(`This value must be less than or equal to ${most}.`, at, "parameter_invalid_integer");
    return number;
  });
}

export function decimal(): Field<string | undefined> {
  return scalar((value, at) => {
    if (!/^\d+(\.\d{1,12})?$/.test(value)) throw invalid(`Invalid decimal: ${value}`, at);
    return value;
  });
}

export function flag(): Field<boolean | undefined> {
  return scalar((value, at) => {
    if (value !== "true" && value !== "false") throw invalid(`Invalid boolean: ${value}`, at);
    return value === "true";
  });
}

export function oneOf<const T extends string>(allowed: readonly T[]): Field<T | undefined> {
  return scalar((value, at) => {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw invalid(`Invalid ${at}: must be ${spoken(allowed)}`, at);
    return found;
  });
}

function spoken(words: readonly string[]): string {
  if (words.length < 3) return words.join(" or ");
  return `one of ${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}

export function currency(): Field<string | undefined> {
  return scalar((value, at) => {
    if (!/^[a-zA-Z]{3}$/.test(value)) throw invalid(`Invalid currency: ${value}.`, at);
    return value.toLowerCase();
  });
}

export function url(): Field<string | undefined> {
  return scalar((value, at) => {
    if (!/^https?:\/\/[^\s/]+/.test(value)) throw invalid(`Not a valid URL`, at, "url_invalid");
    return value;
  });
}

export function email(): Field<string | undefined> {
  return scalar((value, at) => {
    if (!/^[^\s@]+@[^\s@]+$/.test(value)) throw invalid(`Invalid email address: ${value}`, at, "email_invalid");
    return value;
  });
}

/** May be unset by sending an empty text; then it reads as null. */
export function clearable<T>(field: Field<T>): Field<T | null> {
  return { notSimulated: field.notSimulated ?? [], read: (raw, at) => (raw === "" ? null : field.read(raw, at)) };
}

/** Must be sent. */
export function required<T>(field: Field<T | undefined>): Field<T> {
  return {
    notSimulated: field.notSimulated ?? [],
    read(raw, at) {
      const value = field.read(raw, at);
      if (value === undefined) throw invalid(`Missing required param: ${at}.`, at, "parameter_missing");
      return value;
    },
  };
}

export function hash<S extends Shape>(shape: S): Field<Values<S> | undefined> {
  return {
    notSimulated: namesNotSimulated(shape),
    read(raw, at) {
      if (raw === undefined) return undefined;
      if (typeof raw === "string") throw invalid("Invalid object", at);
      return readAll(shape, raw, at);
    },
  };
}

export function list<T>(item: Field<T | undefined>): Field<T[] | undefined> {
  return {
    notSimulated: item.notSimulated ?? [],
    read(raw, at) {
      if (raw === undefined) return undefined;
      if (typeof raw === "string") throw invalid("Invalid array", at);
      const indexes = Object.keys(raw);
      if (indexes.some((index) => !/^\d{1,4}$/.test(index))) throw invalid("Invalid array", at);
      return indexes
        .sort((a, b) => Number(a) - Number(b))
        .flatMap((index) => {
          const value = item.read(raw[index], `${at}[${index}]`);
          return value === undefined ? [] : [value];
        });
    },
  };
}

/** A list that may be sent empty to clear it. */
export function clearableList<T>(item: Field<T | undefined>): Field<T[] | undefined> {
  const items = list(item);
  return { notSimulated: item.notSimulated ?? [], read: (raw, at) => (raw === "" ? [] : items.read(raw, at)) };
}

const bound = { gt: integer(), gte: integer(), lt: integer(), lte: integer() };

/** A time filter: one instant or bounds. */
export function range(): Field<{ gt?: number; gte?: number; lt?: number; lte?: number } | undefined> {
  const [exact, bounds] = [integer(), hash(bound)];
  return {
    read(raw, at) {
      if (typeof raw !== "string") return bounds.read(raw, at);
      const instant = exact.read(raw, at);
      return { gte: instant, lte: instant };
    },
  };
}

/** A parameter that the provider knows and the sandbox does not act on: using it is an honest refusal. */
export function later(): Field<undefined> {
  return {
    notSimulated: [""],
    read(raw, at) {
      if (raw === undefined) return undefined;
      throw notSimulated(`the parameter '${at}'`);
    },
  };
}

/** Several parameters of that kind, by name; the names stay known to the compiler. */
export function allLater<const Name extends string>(...names: Name[]): Record<Name, Field<undefined>> {
  return Object.fromEntries(names.map((name) => [name, later()])) as Record<Name, Field<undefined>>;
}

/** The names in a shape that are refused as not simulated, such as `subscription_data.transfer_data`. */
export function namesNotSimulated(shape: Shape): string[] {
  return Object.entries(shape).flatMap(([name, field]) =>
    (field.notSimulated ?? []).map((inner) => (inner === "" ? name : `${name}.${inner}`)),
  );
}

/** A parameter that is accepted without effect because its effect is invisible here. */
export function inert(): Field<undefined> {
  return { read: () => undefined };
}

/** Only the given value is simulated. */
export function only<T extends string>(value: T): Field<T | undefined> {
  return scalar((sent, at) => {
    if (sent !== value) throw notSimulated(`'${at}=${sent}'`);
    return value;
  });
}

/** Reads a table by its shape; what the shape does not name is unknown. */
export function readAll<S extends Shape>(shape: S, raw: RawTable, at = ""): Values<S> {
  const named = (name: string) => (at === "" ? name : `${at}[${name}]`);
  const unknown = Object.keys(raw)
    .filter((name) => !Object.hasOwn(shape, name))
    .map(named);
  if (unknown.length > 0) {
    throw invalid(
      `Received unknown parameter${unknown.length > 1 ? "s" : ""}: ${unknown.join(", ")}`,
      unknown[0],
      "parameter_unknown",
    );
  }
  const values = Object.entries(shape).map(([name, field]) => [name, field.read(raw[name], named(name))]);
  // The shape's own entries were read one by one, so the result has exactly the shape's names and types.
  return Object.fromEntries(values) as Values<S>;
}

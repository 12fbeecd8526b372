/** A submitted form, read field by field; what is missing or malformed is left to the procedure to refuse. */
export type FormValues = {
  text: (name: string) => string;
  /** Undefined when the field is absent or empty. */
  maybe: (name: string) => string | undefined;
  wholeNumber: (name: string) => number | undefined;
  ticked: (name: string) => boolean;
  /** A file that was chosen; null when none was. */
  file: (name: string) => File | null;
  /** Every value that was sent under the name. */
  all: (name: string) => string[];
};

export async function readForm(request: Request): Promise<FormValues> {
  const form = await request.formData();
  const maybe = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    maybe,
    text: (name) => maybe(name) ?? "",
    wholeNumber: (name) => {
      const value = maybe(name);
      return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
    },
    all: (name) => form.getAll(name).filter((value) => typeof value === "string"),
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    },
    ticked: (name) => maybe(name) !== undefined,
  };
}

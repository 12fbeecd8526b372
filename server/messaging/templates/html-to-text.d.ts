/** What we use of a package that comes without types. */
declare module "html-to-text" {
  type Selector = { readonly selector: string; readonly format?: string; readonly options?: object };
  export function compile(options: {
    readonly wordwrap: number;
    readonly selectors: readonly Selector[];
  }): (html: string) => string;
}

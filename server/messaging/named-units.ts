/** What a mail calls a membership that there are several of: `2 × Open Plus`. */
export function namedUnits(name: string, units: number): string {
  return units > 1 ? `${units} × ${name}` : name;
}

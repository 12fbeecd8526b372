/** A membership by name, with how many of it there are: `2 × Öppet Plus`. */
export function namedUnits(name: string, units: number): string {
  return units > 1 ? `${units} × ${name}` : name;
}

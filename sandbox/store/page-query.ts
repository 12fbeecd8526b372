export interface PageQuery<T> {
  /** Narrow by indexes first … */
  where?: Record<string, string>;
  /** … of events by their types, any of these … */
  types?: readonly string[];
  /** … then by creation time (unix seconds) … */
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
  /** … then by anything else. */
  matches?: (object: T) => boolean;
  startingAfter?: string;
  endingBefore?: string;
  limit: number;
}

/** Whether an object is within a query's times and is what it asks for beside its indexes. */
export function fits<T extends { created: number }>(query: PageQuery<T>, object: T): boolean {
  const { gt, gte, lt, lte } = query.created ?? {};
  if (gt !== undefined && object.created <= gt) return false;
  if (gte !== undefined && object.created < gte) return false;
  if (lt !== undefined && object.created >= lt) return false;
  if (lte !== undefined && object.created > lte) return false;
  return query.matches?.(object) ?? true;
}

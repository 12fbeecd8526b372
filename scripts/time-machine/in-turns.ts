const AT_ONCE = 8;

/** Works a list off, some at a time; answers in the order of the list. */
export async function inTurns<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const take = async () => {
    for (let place = next++; place < list.length; place = next++) results[place] = await work(list[place] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return results;
}

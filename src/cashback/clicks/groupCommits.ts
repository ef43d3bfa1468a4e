/** The SQLSTATE classes of an error that one row causes: its data, or a constraint. */
const ROW_FAULT = /^2[23]/
/** The groups at a time, and the items of a group. */
const LANES = 3
const MAX_GROUP = 100

type Queued<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Creates a group commit. An item that arrives while all lanes are busy waits, and is processed
 * together with all items that wait by then. Under load one query and one commit serve many items;
 * with a free lane an item is processed at once. `work` returns a result for each item, in order.
 * If a group fails by the data of one item, each item is tried alone, so that no item fails because
 * of another.
 */
export const groupCommits = <Item, Result>(
  work: (group: readonly Item[]) => Promise<readonly Result[]>,
): ((item: Item) => Promise<Result>) => {
  type Group = readonly Queued<Item, Result>[]
  const waiting: Queued<Item, Result>[] = []
  let busy = 0

  const run = async (group: Group): Promise<void> => {
    try {
      const results = await work(group.map(({ item }) => item))
      for (const [place, { resolve }] of group.entries()) resolve(results[place] as Result)
    } catch (error) {
      if (group.length > 1 && isRowFault(error)) for (const one of group) await run([one])
      else for (const { reject } of group) reject(error)
    }
  }
  const next = (): void => {
    if (busy >= LANES || waiting.length === 0) return
    busy += 1
    void run(waiting.splice(0, MAX_GROUP)).finally(() => {
      busy -= 1
      next()
    })
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      next()
    })
}

const isRowFault = (error: unknown): boolean => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && ROW_FAULT.test(code)
}

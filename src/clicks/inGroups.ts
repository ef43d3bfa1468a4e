/** SQLSTATE classes of what a single row can be refused for: its data, a constraint. */
const OWN_FAULT = /^2[23]/
/** As many as are under way at a time; and in a group. */
const LANES = 3
const MOST = 100

type Waiting<Asked, Answer> = {
  asked: Asked
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Group commit: one that comes while others are under way waits for a free lane and goes with all
 * who wait by then, so that at a crowd's pace a statement and a commit serve many; who comes alone
 * goes at once. `work` answers each in its place. Where one of a group is refused for its own data,
 * each is asked for by itself, so that nobody fails for another.
 */
export const inGroups = <Asked, Answer>(
  work: (group: readonly Asked[]) => Promise<readonly Answer[]>,
): ((asked: Asked) => Promise<Answer>) => {
  type Group = readonly Waiting<Asked, Answer>[]
  const waiting: Waiting<Asked, Answer>[] = []
  let busy = 0

  const run = async (group: Group): Promise<void> => {
    try {
      const answers = await work(group.map(({ asked }) => asked))
      for (const [place, { resolve }] of group.entries()) resolve(answers[place] as Answer)
    } catch (error) {
      if (group.length > 1 && isOwnFault(error)) for (const one of group) await run([one])
      else for (const { reject } of group) reject(error)
    }
  }
  const next = (): void => {
    if (busy >= LANES || waiting.length === 0) return
    busy += 1
    void run(waiting.splice(0, MOST)).finally(() => {
      busy -= 1
      next()
    })
  }
  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject })
      next()
    })
}

const isOwnFault = (error: unknown): boolean => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && OWN_FAULT.test(code)
}

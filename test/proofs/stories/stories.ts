import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import type { Story } from '../../support/reportStory.ts'
import { pickSome } from '../pickSome.ts'
import type { Finding, Proof } from '../types.ts'
import { faultAct } from './faultAct.ts'
import { FIRST_DAY, loadStories } from './part.ts'
import { type Testbed, startTestbed } from './startTestbed.ts'
import { reportAll } from './reportAll.ts'
import { formatTrouble } from './formatTrouble.ts'
import { wrongEvents, wrongWallets } from './wrongIn.ts'

const DAY_MS = 86_400_000
/** The part of the stories, and of the faults, in the quick form; the seed chooses which. */
const QUICK_SHARE = 1 / 5

/** Every story of the fixtures at every network that is asked over HTTP, with built processes. */
export const stories: Proof = {
  name: 'stories',
  claim: 'whatever networks tell, and however, each wallet ends with what the story says',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    const share = isQuick ? QUICK_SHARE : 1
    const cast = await startTestbed(postgres, { timeoutMs: 2_000 })
    try {
      const { payload } = cast.product
      await payload.updateGlobal({
        slug: 'cashback-config',
        data: { autoApprove: 'by-age-with-cap', ageCapMinor: null },
      })
      return [
        ...(await faithfulAct(cast, { stories: pickStories(share, seed), seed, say })),
        ...(await faultAct(cast, { times: isQuick ? [1] : [1, 6], share, seed, say })),
        ...(await randomActs(cast, { acts: isQuick ? 0 : 3, seed }, say)),
        await booksAddUp(cast),
      ]
    } finally {
      await cast.stop()
    }
  },
}

/** A share of those in which networks send postbacks, and of the others. */
const pickStories = (share: number, seed: number): Story[] => {
  const all = loadStories()
  const [delivered, others] = [
    all.filter(({ deliver }) => deliver),
    all.filter(({ deliver }) => !deliver),
  ]
  return [...pickSome(delivered, share, seed), ...pickSome(others, share, seed)]
}

type Say = (line: string) => void

const faithfulAct = async (
  cast: Testbed,
  { say, seed, stories }: { stories: Story[]; seed: number; say: Say },
): Promise<Finding[]> => {
  const started = Date.now()
  const act = { name: 'a', stories, startAt: FIRST_DAY, seed, isFaithful: true }
  const { parts, polls, postbacks, trouble } = await reportAll(cast, act)
  say(
    `${parts.length} stories, ${polls} polls, ${postbacks} postbacks in ${Math.round((Date.now() - started) / 1000)} s; ${formatTrouble(trouble)}`,
  )
  const wallets = await wrongWallets(cast, parts)
  const events = await wrongEvents(cast, parts)
  return [
    {
      guarantee: 'each story ends with its wallet at each network',
      holds: wallets.length === 0,
      seen: `${parts.length} stories, seed ${seed}; wrong: ${wallets.join('; ') || 'none'}`,
    },
    {
      guarantee: 'each order’s cashback ends in its state',
      holds: events.length === 0,
      seen: events.join('; ') || 'all do',
    },
    {
      guarantee:
        'networks fail while stories are told, and polls are repeated until they are through',
      holds: trouble.met.size > 0,
      seen: `${polls} polls; ${formatTrouble(trouble)}`,
    },
  ]
}

/** Each act begins where the clock is by then. */
const randomActs = async (
  cast: Testbed,
  { acts, seed }: { acts: number; seed: number },
  say: Say,
): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (let index = 1; index <= acts; index += 1) {
    const startAt = new Date(FIRST_DAY.getTime() + index * 130 * DAY_MS)
    const act = { name: `r${index}`, stories: loadStories(), startAt, seed: seed + index }
    const told = await reportAll(cast, { ...act, isFaithful: false })
    const { parts, polls, postbacks, trouble } = told
    const words = `${parts.length} stories, ${polls} polls, ${postbacks} postbacks; ${formatTrouble(trouble)}`
    say(`${words}; at random, seed ${act.seed}`)
    const wrong = await wrongWallets(cast, parts)
    findings.push({
      guarantee: `polled at random (seed ${act.seed}), each story ends with its wallet`,
      holds: wrong.length === 0,
      seen: `${words}; wrong: ${wrong.join('; ') || 'none'}`,
    })
  }
  return findings
}

const booksAddUp = async ({ product }: Testbed): Promise<Finding> => {
  const { problems, transfers, wallets } = await verifyWallets(product.payload)
  return {
    guarantee: 'the books add up afterwards',
    holds: problems.length === 0 && transfers > 0,
    seen: `${wallets} wallets, ${transfers} transfers, ${problems.length} problems`,
  }
}

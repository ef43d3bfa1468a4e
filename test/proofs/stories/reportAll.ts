import type { Story } from '../../support/reportStory.ts'
import { control } from '../control.ts'
import { inLanes } from '../inLanes.ts'
import { seededRandom } from '../seededRandom.ts'
import { ask } from './ask.ts'
import { NETWORKS } from './networkSettings.ts'
import { openPolls, type Trouble } from './openPolls.ts'
import { openPart, type Part } from './part.ts'
import { openPostbacks } from './postBack.ts'
import { runJob } from './runJob.ts'
import type { Testbed } from './startTestbed.ts'

const LANES = 4
const DAY_MS = 86_400_000
/** After the day's news, so that they can be seen. */
const HOUR_MS = 3_600_000

export type Act = {
  name: string
  stories: Story[]
  startAt: Date
  seed: number
  /** Each day is polled twice and jobs run after it; or anything goes, but for the last day. */
  isFaithful: boolean
}

export type Told = { parts: Part[]; polls: number; postbacks: number; trouble: Trouble }

/**
 * Tells all stories at all networks side by side: the clock goes from day to day, the worker polls
 * and runs what is due, while networks misbehave now and then. Answers with the members as they are left.
 */
export const reportAll = async (cast: Testbed, act: Act): Promise<Told> => {
  const { name, seed, startAt, stories } = act
  await control(cast.simulator.url, '/clock', { now: startAt.toISOString(), isTicking: true })
  const told = NETWORKS.flatMap((network) => stories.map((story) => ({ network, story })))
  const parts = await inLanes(told, LANES, (part) =>
    openPart(cast, { ...part, act: name, startAt }),
  )
  const random = seededRandom(seed)
  const postBack = await openPostbacks(cast)
  const { poll, trouble } = await openPolls(cast, seededRandom(seed ^ FAULTS))
  let [polls, postbacks] = [0, 0]
  const days = daysOf(stories)
  for (const [index, day] of days.entries()) {
    const now = new Date(startAt.getTime() + day * DAY_MS + HOUR_MS)
    await control(cast.simulator.url, '/clock', { now: now.toISOString(), isTicking: true })
    const isLast = index === days.length - 1
    for (const step of act.isFaithful ? FAITHFUL : stepsBy(random, isLast)) {
      const told = parts.filter(({ story }) => (act.isFaithful ? story.deliver : random() < 0.3))
      for (const part of told) postbacks += await postBack(part, day, random)
      if (step === POLL) await poll(now)
      else await runJob(cast, step, now)
      if (step === POLL) polls += 1
    }
  }
  await Promise.all(parts.map((part) => adjust(cast, part)))
  return { parts, polls, postbacks, trouble }
}

/** Chance of their own: what is told does not depend on what goes wrong. */
const FAULTS = 0x5eed
const POLL = 'sync-networks'
const APPROVE = 'approve-cashback'
const FAITHFUL = [POLL, POLL, APPROVE]

/** Up to two polls and approvals in any order; a day without any was slept through. */
const stepsBy = (random: () => number, isLast: boolean): string[] => {
  const count = Math.floor(random() * 4)
  const steps = Array.from({ length: count }, () => (random() < 0.6 ? POLL : APPROVE))
  return isLast ? [...steps, POLL, APPROVE] : steps
}

const daysOf = (stories: Story[]): number[] => {
  const told = stories.flatMap(({ orders }) =>
    orders.flatMap(({ timeline }) => timeline.map(({ day }) => day)),
  )
  // Day 31 is when thirty days of waiting are over.
  return [...new Set([...told, 31])].sort((one, other) => one - other)
}

/** What finance corrects by hand. */
const adjust = async ({ finance, product }: Testbed, { person, story }: Part): Promise<void> => {
  for (const { amountMinor, currency, reason } of story.adjust ?? []) {
    const effect = amountMinor < 0 ? 'debit' : 'credit'
    await ask(`${product.web.baseUrl}/api/adjustments`, {
      authorization: finance,
      body: { member: person.id, effect, amountMinor: Math.abs(amountMinor), currency, reason },
    })
  }
}

import fs from 'node:fs'
import path from 'node:path'

import { projectRoot } from '../../../src/platform/projectRoot.ts'
import type { Story } from '../../support/reportStory.ts'
import { control } from '../control.ts'
import { aClick, aPerson, type Person } from './aPerson.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** One story at one network, with the member whom it happens to. */
export type Part = {
  story: Story
  network: NetworkName
  person: Person
  /** In front of the names of its orders. */
  prefix: string
}

export const loadStories = (): Story[] => {
  const file = path.join(projectRoot(), 'src/cashback/ingestion/fixtures/stories.json')
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { stories: Story[] }).stories
}

type Told = { story: Story; network: NetworkName; act: string; startAt: Date }

/** The story begins: its member has clicked, and its orders are told to the network. */
export const openPart = async (cast: Testbed, told: Told): Promise<Part> => {
  const { act, network, startAt, story } = told
  const ageCapMinor = story.settings?.capMinor ?? null
  const person = await aPerson(cast, { network, ageCapMinor })
  const prefix = `${act}-${story.id}-${network}-`
  const clicks = new Map<string, string>()
  for (const { click } of story.orders) {
    if (click && !clicks.has(click)) clicks.set(click, await aClick(cast, person))
  }
  const orders = story.orders.map(({ click, order, timeline }) => ({
    order: prefix + order,
    network,
    clickId: click ? (clicks.get(click) ?? null) : null,
    timeline: timeline.map(({ eventAt, reversalOf, ...step }) => ({
      ...step,
      ...(reversalOf ? { reversalOf: prefix + reversalOf } : {}),
      ...(eventAt ? { eventAt: shifted(eventAt, startAt) } : {}),
    })),
  }))
  await control(cast.simulator.url, '/orders', { startAt: startAt.toISOString(), orders })
  return { story, network, person, prefix }
}

/** When the stories of the fixtures begin: minutes after the transaction that is told with an instant. */
export const FIRST_DAY = new Date('2026-10-31T18:20:00Z')

const shifted = (eventAt: string, startAt: Date): string =>
  new Date(Date.parse(eventAt) + startAt.getTime() - FIRST_DAY.getTime()).toISOString()

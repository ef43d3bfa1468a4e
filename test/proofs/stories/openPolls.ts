import { control } from '../control.ts'
import { type Fault, faultsOf } from './faultsOf.ts'
import { pollOnce, pollThrough } from './pollThrough.ts'
import { clearFaults, setFault, timesStruck } from './setFault.ts'
import type { Testbed } from './startTestbed.ts'

/** What went wrong with polls on purpose, and how often they were repeated for it. */
export type Trouble = {
  set: number
  /** How often each kind was met by at least one request. */
  met: Map<string, number>
  repeated: number
}

const SHARE = 0.6

/**
 * Polls that may go wrong: before some of them, by chance, one network gets one fault, once or
 * twice. Where a network was not read to its end, all are polled again, as the schedule would.
 */
export const openPolls = async (cast: Testbed, random: () => number) => {
  const faults = (await faultsOf(cast, [1, 2])).flat()
  const trouble: Trouble = { set: 0, met: new Map(), repeated: 0 }
  const poll = async (since: Date): Promise<void> => {
    const fault = random() < SHARE ? faults[Math.floor(random() * faults.length)] : undefined
    const isThrough = await (fault
      ? pollUnder(cast, { fault, since, trouble })
      : pollOnce(cast, since))
    if (!isThrough) trouble.repeated += await pollThrough(cast, since)
  }
  return { poll, trouble }
}

type Struck = { fault: Fault; since: Date; trouble: Trouble }

const pollUnder = async (cast: Testbed, { fault, since, trouble }: Struck): Promise<boolean> => {
  const { now } = await control<{ now: string }>(cast.simulator.url, '/clock')
  await setFault(cast, fault)
  const isThrough = await pollOnce(cast, since)
  await clearFaults(cast, [fault])
  trouble.set += 1
  if ((await timesStruck(cast, { ...fault, since: new Date(now) })) > 0) {
    trouble.met.set(fault.fault, (trouble.met.get(fault.fault) ?? 0) + 1)
  }
  return isThrough
}

import { randomInt } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { projectRoot } from '../../src/platform/projectRoot.ts'
import { buildOnce } from '../../src/server/buildOnce.ts'
import { readCommit, seedOf } from '../support/readCommit.ts'
import { bundleProofs } from './bundleProofs.ts'
import { proofs } from './index.ts'
import { pickSome } from './pickSome.ts'
import { runAll } from './runAll.ts'
import { type Outcome, runProof } from './runProof.ts'
import type { Proof } from './types.ts'

const USAGE = `Usage: npm run proof -- <name> [--quick] [--seed <number>]
       npm run proof -- --quick [--share <0 to 1>] [--lanes <number>] [--seed <number>]

The second form runs the quick forms of all proofs side by side, or of a share that the seed chooses.
Names: ${proofs.map(({ name }) => name).join(', ')}`

const main = async (): Promise<number> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      lanes: { type: 'string', default: String(os.availableParallelism() + 1) },
      seed: { type: 'string' },
      share: { type: 'string', default: '1' },
    },
  })
  const [name = 'all'] = positionals
  const commit = readCommit()
  const seed = Number(values.seed ?? (values.quick ? seedOf(commit) : randomInt(2 ** 31)))
  const together = proofs.filter(({ isByNameOnly }) => values.quick && !isByNameOnly)
  const chosen =
    name === 'all'
      ? pickSome(together, Number(values.share), seed)
      : proofs.filter((proof) => proof.name === name)
  if (chosen.length === 0) {
    console.error(USAGE)
    return 2
  }
  await buildOnce()
  console.log(`Seed ${seed}: ${chosen.map((proof) => proof.name).join(', ')}`)
  const started = Date.now()
  const outcomes = await prove(chosen, {
    program: await bundleProofs(),
    isQuick: values.quick,
    seed,
    lanes: Number(values.lanes),
  })
  const seconds = Math.round((Date.now() - started) / 1000)

  const sum = (which: 'failed' | 'passed') =>
    outcomes.reduce((total, outcome) => total + outcome[which], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  // Repeats the failures at the end, where readers look for them.
  for (const { failures, name: proof } of outcomes)
    for (const line of failures) console.log(`${proof}: ${line.trim()}`)
  console.log(`${values.quick ? 'Quick form' : 'Full form'}, ${seconds} s, commit ${commit}`)
  const [proof, outcome] = [chosen[0], outcomes[0]]
  if (!values.quick && proof && outcome) await writeReport(proof, outcome, commit)
  return outcomes.every(({ failed, passed }) => failed === 0 && passed > 0) ? 0 : 1
}

type Options = { program: string; isQuick: boolean; seed: number; lanes: number }

/** Prints the output of a single proof at once, and that of several proofs when each ends. */
const prove = async (chosen: Proof[], options: Options): Promise<Outcome[]> => {
  const [first, ...others] = chosen
  if (!first || others.length > 0) return runAll(chosen, options)
  return [await runProof(first, { ...options, print: (text) => process.stdout.write(text) })]
}

const writeReport = async (
  { claim, name }: Proof,
  { results, seconds }: Outcome,
  commit: string,
): Promise<void> => {
  const report = { proof: name, claim, commit, seconds, results }
  const file = path.join(projectRoot(), 'docs/proofs', `${name}.json`)
  await fs.writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
}

process.exit(await main())

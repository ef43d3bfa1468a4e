import { inLanes } from './inLanes.ts'
import { type Outcome, runProof } from './runProof.ts'
import type { Proof } from './types.ts'

type Options = { program: string; isQuick: boolean; seed: number; lanes: number }

/**
 * Runs proofs side by side, `lanes` at a time. Prints the output of each in one piece when it ends.
 * Returns the outcomes in the order of the proofs.
 */
export const runAll = (proofs: Proof[], { lanes, ...options }: Options): Promise<Outcome[]> =>
  inLanes(proofs, lanes, async (proof) => {
    const printed: string[] = []
    const outcome = await runProof(proof, { ...options, print: (text) => printed.push(text) })
    console.log(`${printed.join('')}\n${proof.name}: ${outcome.seconds} s\n`)
    return outcome
  })

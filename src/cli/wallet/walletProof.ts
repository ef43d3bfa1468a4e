import { type Command, InvalidArgumentError } from 'commander'

import { readDb } from '../../database/readDb.ts'
import { listProofs, type Proof } from '../../ledger/proofs/proofStore.ts'
import { type ProofReport, verifyProofs } from '../../ledger/proofs/verifyProofs.ts'
import { findArchives } from '../../platform/archives/findArchives.ts'
import { withPayload } from '../withPayload.ts'

type Options = { from?: string; json?: boolean; to?: string; verify?: boolean }

/** `tributary wallet proof [--verify] [--from <day>] [--to <day>] [--json]` */
export const addWalletProof = (wallet: Command): void => {
  wallet
    .command('proof')
    .description('the sealed days; with --verify, exit code 1 when a day does not match its seal')
    .option('--verify', 'hash the transfers and audit rows of the days again')
    .option('--from <day>', 'the first day (UTC), such as 2026-11-01', parseDay)
    .option('--to <day>', 'the last day (UTC), which is included', parseDay)
    .option('--json', 'print as JSON, with the anchor to publish')
    .action((options: Options) => (options.verify ? verify(options) : list(options)))
}

const parseDay = (value: string): string => {
  const at = new Date(`${value}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value) {
    throw new InvalidArgumentError('Give a day, such as 2026-11-01.')
  }
  return value
}

const list = async ({ from, json, to }: Options): Promise<void> => {
  const { all, chosen } = await withPayload(async (payload) => {
    const db = await readDb({ payload })
    return { all: await listProofs(db), chosen: await listProofs(db, { from, to }) }
  })
  const last = all.at(-1)
  const anchor = last ? { day: last.day, seal: last.seal } : null
  if (json) console.log(JSON.stringify({ anchor, proofs: chosen }))
  else {
    for (const proof of chosen) console.log(formatProof(proof))
    console.log(formatAnchor(anchor))
  }
}

const formatProof = ({ archive, auditRows, day, seal, transfers }: Proof): string =>
  [
    day,
    `${transfers} transfers`,
    `${auditRows} audit rows`,
    seal,
    ...(archive ? ['archived'] : []),
  ].join('  ')

const formatAnchor = (anchor: ProofReport['anchor']): string =>
  anchor ? `Anchor: ${anchor.day} ${anchor.seal}` : 'No day is sealed yet.'

const verify = async ({ from, json, to }: Options): Promise<void> => {
  const report = await withPayload(async (payload) => {
    const { dir: archiveDir } = findArchives(payload)
    return verifyProofs(await readDb({ payload }), { archiveDir, from, to })
  })
  const { anchor, days, problems, recomputed } = report
  if (json) console.log(JSON.stringify(report))
  else {
    for (const { day, detail, part, problem } of problems) {
      console.log(`${day}  ${part} ${problem}  ${detail}`)
    }
    const [first] = problems
    console.log(
      first
        ? `The proof breaks on ${first.day}: ${first.part} ${first.problem}.`
        : `${recomputed} of ${days} sealed days match their seals.`,
    )
    console.log(formatAnchor(anchor))
  }
  if (problems.length > 0) process.exitCode = 1
}

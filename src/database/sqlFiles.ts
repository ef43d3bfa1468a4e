import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

import { projectRoot } from '../platform/projectRoot.ts'

/** A file of functions or triggers. It can run again at any time with the same result. */
export type SqlFile = { name: string; text: string; hash: string }

/**
 * All functions and triggers of the database. Each file uses `create or replace`, so a change is an
 * edit of the file: `migrate` runs a file again when its content has changed.
 */
const PATHS = [
  'src/database/sql/time_ordered_uuid.sql',
  'src/database/sql/refuse_change.sql',
  'src/database/sql/refuse_audit_change.sql',
  'src/database/sql/refuse_contact_change.sql',
  'src/database/sql/refuse_release.sql',
  'src/ledger/sql/wallet_for.sql',
  'src/ledger/sql/transfers_in.sql',
  'src/ledger/sql/post_transfer.sql',
  'src/ledger/sql/post_transfers.sql',
  'src/ledger/proofs/sql/proof_chain_step.sql',
  'src/ledger/proofs/sql/proof_chain.sql',
  'src/ledger/proofs/sql/audit_line.sql',
  'src/ledger/proofs/sql/audit_lines.sql',
  'src/ledger/proofs/sql/audit_proof.sql',
  'src/ledger/proofs/sql/transfers_proof.sql',
  'src/referrals/sql/referral_of.sql',
  'src/payouts/sql/guard_withdrawal.sql',
  'src/payouts/sql/guard_attempt.sql',
  'src/payouts/sql/refuse_own_approval.sql',
  'src/database/sql/triggers.sql',
]

/** Reads the files, in the order in which they run: functions before the triggers that use them. */
export const readSqlFiles = (): Promise<SqlFile[]> =>
  Promise.all(
    PATHS.map(async (name) => {
      const text = await fs.readFile(path.join(projectRoot(), name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )

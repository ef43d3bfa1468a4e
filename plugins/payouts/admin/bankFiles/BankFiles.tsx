import type { PayloadRequest } from 'payload'

import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { readDb } from '../../../../src/database/readDb.ts'
import { dayIn } from '../../../../src/domain/zonedDay.ts'
import { loadProfiles } from '../../../../src/payouts/batches/bankProfiles.ts'
import { countPayable, listBatches, MAX_BATCHES } from '../../../../src/payouts/desk/listBatches.ts'
import type { DeskScreen } from '../deskScreen.ts'
import { BatchesTable } from './BatchesTable.tsx'
import { MakeBankFile } from './MakeBankFile.tsx'
import { ResultImport } from './ResultImport.tsx'

type Props = { req: PayloadRequest; screen: DeskScreen }

/** The bank files: makes one, downloads it, and takes the answer of the bank. */
export const BankFiles = async ({ req, screen }: Props) => {
  const { at, mayAct, times, viewer } = screen
  const db = await readDb({ payload: req.payload })
  const batches = await listBatches(db)
  const { api } = req.payload.config.routes
  return (
    <>
      {mayAct ? (
        <div className="t-desk__files">
          <MakeBankFile payable={await countPayable(db, at)} today={dayIn(at, times.timeZone)} />
          <ResultImport
            batches={batches
              .filter(({ status }) => status === 'open')
              .map(({ bankProfile, createdById, id, reference }) => ({
                id,
                bankProfile,
                reference,
                isOwn: createdById === viewer,
              }))}
            profiles={(await loadProfiles(db)).map(({ name }) => name)}
          />
        </div>
      ) : (
        <p className="t-muted">Ask finance to make a bank file or to import an answer.</p>
      )}
      <SectionHead note={batches.length === MAX_BATCHES ? `the latest ${MAX_BATCHES}` : undefined}>
        Bank files
      </SectionHead>
      {batches.length === 0 ? (
        <p className="t-empty">
          No bank file yet. One appears here with its payments, and what the bank answered.
        </p>
      ) : (
        <BatchesTable api={api} batches={batches} screen={screen} />
      )}
    </>
  )
}

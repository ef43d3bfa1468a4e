'use client'
import { toast } from '@payloadcms/ui'

import { countOf } from '../../../../src/admin/format/counts.ts'
import { ImportConfirm } from '../../../cashback/admin/fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../../../cashback/admin/fileImport/ImportPanel.tsx'
import { useFileImport } from '../../../cashback/admin/fileImport/useFileImport.ts'
import { describeImported, type ImportedResults, type ResultPreview } from './results.ts'
import { ResultPreviewTable } from './ResultPreviewTable.tsx'

type OpenBatch = { id: string; bankProfile: string; reference: string; isOwn: boolean }
type Props = { batches: OpenBatch[]; profiles: string[] }
type Form = { bankProfile: string; batch: string; file: File | null }

/** Imports what the bank answered: seen line by line first, then imported as a whole. */
export const ResultImport = ({ batches, profiles }: Props) => {
  const file = useFileImport<Form, ResultPreview, ImportedResults>({
    blank: { bankProfile: batches[0]?.bankProfile ?? profiles[0] ?? '', batch: '', file: null },
    keep: ({ bankProfile }) => ({ bankProfile }),
    pathOf: ({ bankProfile, batch, file: chosen }, dryRun) => {
      const query = new URLSearchParams({
        bankProfile,
        ...(batch ? { batch } : {}),
        name: chosen?.name ?? '',
      })
      return `/payout-batches/${dryRun ? 'preview' : 'import'}-results?${query.toString()}`
    },
  })
  const { change, checked, confirm, doing, form } = file
  const own = batches.find(({ id }) => id === form.batch)?.isOwn ?? false
  return (
    <ImportPanel
      confirm={
        checked && (
          <ImportConfirm
            isDisabled={doing !== null || checked.counts.apply === 0}
            label={`Import ${countOf(checked.counts.apply ?? 0, 'answer')}`}
            note={
              checked.counts.apply === 0
                ? 'No line changes anything.'
                : 'Payments are settled, fail or return as the bank answered, and members are notified.'
            }
            onConfirm={() => {
              void confirm().then((done) => done && toast.success(describeImported(done)))
            }}
          />
        )
      }
      fields={<Fields batches={batches} change={change} form={form} profiles={profiles} />}
      file={file}
      hint={
        <p className="t-foot">
          CSV, a workbook (.xlsx) or XML (pain.002), up to 5 MB. The check writes nothing.
          {own && ' You made this file: another person imports its answer.'}
        </p>
      }
      title="Import the bank’s answer"
    >
      {checked && <ResultPreviewTable preview={checked} />}
    </ImportPanel>
  )
}

type FieldsProps = Props & { change: (part: Partial<Form>) => void; form: Form }

const Fields = ({ batches, change, form, profiles }: FieldsProps) => (
  <>
    <label>
      Profile
      <select
        name="bankProfile"
        onChange={({ target }) => {
          change({ bankProfile: target.value, batch: '' })
        }}
        value={form.bankProfile}
      >
        {profiles.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      Bank file
      <select
        name="batch"
        onChange={({ target }) => {
          change({ batch: target.value })
        }}
        value={form.batch}
      >
        <option value="">Several, or not known</option>
        {batches
          .filter(({ bankProfile }) => bankProfile === form.bankProfile)
          .map(({ id, reference }) => (
            <option key={id} value={id}>
              {reference}
            </option>
          ))}
      </select>
    </label>
    <AnswerFile
      onFile={(file) => {
        change({ file })
      }}
    />
  </>
)

const AnswerFile = ({ onFile }: { onFile: (file: File | null) => void }) => (
  <label>
    File
    <input
      accept=".csv,.xlsx,.xml,text/csv,application/xml,text/xml"
      className="t-recon__file"
      name="file"
      onChange={({ target }) => {
        onFile(target.files?.[0] ?? null)
      }}
      required
      type="file"
    />
  </label>
)

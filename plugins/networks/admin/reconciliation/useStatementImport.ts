'use client'
import { toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { countOf } from '../../../../src/admin/counts.ts'
import { postFor } from '../../../../src/admin/postFor.ts'
import type { PayoutSummary } from '../../../../src/reconciliation/payoutSummary.ts'
import type { LineError } from '../../../../src/reconciliation/readSales.ts'

export type StatementForm = {
  network: string
  reference: string
  paidAt: string
  currency: string
  file: File | null
}
export type Checked = PayoutSummary & { refused: number; errors: LineError[] }

type Imported = PayoutSummary & { isRepeated: boolean }

const wordsOf = ({ isRepeated, lines, matched }: Imported): string =>
  isRepeated
    ? 'This statement was here before. Nothing was changed.'
    : `${countOf(lines, 'line')} imported, ${matched} matched.`

const BLANK: Omit<StatementForm, 'network'> = {
  reference: '',
  paidAt: '',
  currency: 'INR',
  file: null,
}

/**
 * A statement on its way in: checked first, then imported as it was checked. What is changed after
 * the check has to be checked again.
 */
export const useStatementImport = (network: string) => {
  const { config } = useConfig()
  const router = useRouter()
  const [form, setForm] = useState({ ...BLANK, network })
  const [checked, setChecked] = useState<Checked | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)

  const send = async <Answer>(dryRun: boolean): Promise<Answer | null> => {
    const { file, network, ...asked } = form
    if (!file) return null
    setIsSending(true)
    setRefusal(null)
    const query = new URLSearchParams({ ...asked, dryRun: String(dryRun) }).toString()
    const posted = await postFor<Answer>(
      `${config.routes.api}/networks/${network}/statements?${query}`,
      file,
    )
    setIsSending(false)
    if ('answer' in posted) return posted.answer
    setRefusal(posted.refusal)
    return null
  }

  return {
    form,
    checked,
    refusal,
    isSending,
    change: (part: Partial<StatementForm>) => {
      setForm((before) => ({ ...before, ...part }))
      setChecked(null)
      setRefusal(null)
    },
    check: async () => {
      setChecked(await send<Checked>(true))
    },
    /** True when it is in. */
    confirm: async (): Promise<boolean> => {
      const done = await send<Imported>(false)
      if (!done) return false
      toast.success(wordsOf(done))
      setChecked(null)
      setForm({ ...BLANK, network: form.network, currency: form.currency })
      router.refresh()
      return true
    },
  }
}

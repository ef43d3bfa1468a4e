'use client'
import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { postFor } from '../../../../src/admin/actions/postFor.ts'
import { tooLargeWords } from './tooLargeWords.ts'

type Options<Form> = {
  /** The form before anything is typed, and with what stays in it once a file is in. */
  blank: Form
  keep: (form: Form) => Partial<Form>
  /** Where the file goes, below the API's root. */
  pathOf: (form: Form, dryRun: boolean) => string
}

type FileImport<Form, Checked, Done> = {
  form: Form
  /** What the check found; null before it, and after any change. */
  checked: Checked | null
  refusal: string | null
  /** What is being waited for. */
  doing: 'check' | 'import' | null
  /** How many files came in: the browser keeps a chosen file until its form is a new one. */
  round: number
  change: (part: Partial<Form>) => void
  check: () => Promise<void>
  /** What became of it; null where it is not in. */
  confirm: () => Promise<Done | null>
}

/**
 * A network's file on its way in: checked first, then imported as it was checked. What is changed
 * after the check has to be checked again.
 */
export const useFileImport = <Form extends { file: File | null }, Checked, Done>({
  blank,
  keep,
  pathOf,
}: Options<Form>): FileImport<Form, Checked, Done> => {
  const { config } = useConfig()
  const router = useRouter()
  const [form, setForm] = useState(blank)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [doing, setDoing] = useState<'check' | 'import' | null>(null)
  const [round, setRound] = useState(0)

  const send = async <Answer>(dryRun: boolean): Promise<Answer | null> => {
    if (!form.file) return null
    setRefusal(null)
    setDoing(dryRun ? 'check' : 'import')
    const url = config.routes.api + pathOf(form, dryRun)
    const tooLarge = tooLargeWords(form.file.size)
    const posted = tooLarge ? { refusal: tooLarge } : await postFor<Answer>(url, form.file)
    setDoing(null)
    if ('answer' in posted) return posted.answer
    setRefusal(posted.refusal)
    return null
  }

  return {
    form,
    checked,
    refusal,
    doing,
    round,
    change: (part) => {
      setForm((before) => ({ ...before, ...part }))
      setChecked(null)
      setRefusal(null)
    },
    check: async () => {
      setChecked(await send<Checked>(true))
    },
    confirm: async () => {
      const done = await send<Done>(false)
      if (done === null) return null
      setChecked(null)
      setForm({ ...blank, ...keep(form) })
      setRound((before) => before + 1)
      router.refresh()
      return done
    },
  }
}

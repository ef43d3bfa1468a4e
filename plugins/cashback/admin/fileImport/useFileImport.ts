'use client'
import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { postToApi } from '../../../../src/admin/actions/postToApi.ts'
import { describeTooLargeFile } from './describeTooLargeFile.ts'

type Options<Form> = {
  /** The blank form, and the fields that stay after an import. */
  blank: Form
  keep: (form: Form) => Partial<Form>
  /** The path of the upload, below the API's root. */
  pathOf: (form: Form, dryRun: boolean) => string
}

type FileImport<Form, Checked, Done> = {
  form: Form
  /** The result of the check; null before it, and after any change. */
  checked: Checked | null
  refusal: string | null
  /** The request that is running. */
  doing: 'check' | 'import' | null
  /** The number of imported files. It is the form's key, because a browser keeps a chosen file until the form is replaced. */
  round: number
  change: (part: Partial<Form>) => void
  check: () => Promise<void>
  /** Imports the file. Returns the outcome; null if it was refused. */
  confirm: () => Promise<Done | null>
}

/**
 * The state of a file's import: the file is checked first, then imported as it was checked. A change
 * after the check requires another check.
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
    const tooLarge = describeTooLargeFile(form.file.size)
    const posted = tooLarge ? { refusal: tooLarge } : await postToApi<Answer>(url, form.file)
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

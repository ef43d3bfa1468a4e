import {
  type GlobalAfterChangeHook,
  type GlobalBeforeChangeHook,
  type GlobalBeforeOperationHook,
  type PayloadRequest,
  type SanitizedGlobalConfig,
} from 'payload'

import { labelOfField } from '../../src/domain/changes/sensitiveFields.ts'
import { type FieldChange, splitChange } from '../../src/domain/changes/splitChange.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { requestChange } from '../../src/changes/requestChange.ts'
import { now } from '../../src/platform/clock.ts'
import { fieldsOf, isFree, readInstallation } from './holdChange.ts'

type Values = Record<string, unknown>

const keyOf = (slug: string): string => `changes:held:${slug}`

/** Keeps sensitive settings that a change loosens as they are, so that the others are saved. */
export const holdSettings: GlobalBeforeChangeHook = async ({
  data: given,
  global,
  originalDoc,
  overrideAccess,
  req,
}) => {
  const data = given as Values
  if (overrideAccess === true || req.user?.collection !== 'users') return data
  const before = { ...(originalDoc as Values) }
  const { now: kept, waits } = splitChange(fieldsOf(global.slug), before, data)
  if (waits.length === 0 || (await isFree(req))) return data
  req.context[keyOf(global.slug)] = waits
  return { ...data, ...kept }
}

/** Requests what waits, and says so in the answer. */
export const requestHeldSettings: GlobalAfterChangeHook = async ({ doc: saved, global, req }) => {
  const doc = saved as Values
  const waits = req.context[keyOf(global.slug)] as FieldChange[] | undefined
  req.context[keyOf(global.slug)] = undefined
  if (!waits || req.user?.collection !== 'users') return doc
  const change = { subject: global.slug, subjectId: null, title: titleOf(global), waits }
  const context = { by: req.user.id, installation: await readInstallation(req), now: now() }
  const pendingChange = await requestChange(req, { ...change, secrets: {} }, context)
  return { ...doc, pendingChange }
}

/**
 * Refuses to restore an earlier version with looser settings: Payload writes it past the hooks that
 * would make it wait.
 *
 * @throws DomainError `change.restore-waits` with the first of the looser fields
 */
export const refuseLooserVersion: GlobalBeforeOperationHook = async ({
  args,
  global,
  operation,
  overrideAccess,
  req,
}) => {
  const user = req.user
  if (operation !== 'restoreVersion' || overrideAccess === true) return
  if (user?.collection !== 'users' || user.role !== 'admin') return // Payload refuses the others
  const version = await loadVersion(req, global, (args as { id?: unknown }).id)
  if (!version) return
  const current = (await req.payload.findGlobal({
    slug: global.slug as 'finance-config',
    depth: 0,
    req,
  })) as unknown as Values
  const [first] = splitChange(fieldsOf(global.slug), current, version).waits
  if (!first || (await isFree(req))) return
  throw new DomainError(
    'change.restore-waits',
    `This version loosens “${labelOfField(global.slug, first.field)}”. Enter its values instead: they wait for a second person.`,
    { field: first.field },
  )
}

const loadVersion = async (
  req: PayloadRequest,
  { slug }: SanitizedGlobalConfig,
  id: unknown,
): Promise<Values | null> => {
  if (typeof id !== 'string') return null
  const { docs } = await req.payload.db.findGlobalVersions<Values>({
    global: slug,
    limit: 1,
    where: { id: { equals: id } },
    req,
  })
  return docs[0]?.version ?? null
}

const titleOf = ({ label, slug }: SanitizedGlobalConfig): string =>
  typeof label === 'string' ? label : slug

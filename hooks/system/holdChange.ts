import type {
  CollectionAfterChangeHook,
  CollectionBeforeChangeHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import { isBeingSetUp } from '../../src/domain/changes/decideChange.ts'
import {
  SENSITIVE,
  type SensitiveField,
  TIGHTEST,
} from '../../src/domain/changes/sensitiveFields.ts'
import { type FieldChange, splitChange } from '../../src/domain/changes/splitChange.ts'
import { takeSecrets } from '../../src/domain/changes/takeSecrets.ts'
import { lockInstallation, wasEverStaff } from '../../src/changes/changeStore.ts'
import { requestChange } from '../../src/changes/requestChange.ts'
import { dbIn } from '../../src/database/dbIn.ts'
import { now } from '../../src/platform/clock.ts'

type Held = { waits: FieldChange[]; secrets: Record<string, unknown> }
type Values = Record<string, unknown>
type Document = Values & { id: string }

const HELD = 'changes:held'
const IS_GUARDED = 'changes:guarded'
const PASSWORD = 'changes:password'

/**
 * Notes whether a write is guarded: one of a signed-in person that the access rules apply to. The
 * product's own writes and those of a script on the machine are not.
 */
export const noteGuard: CollectionBeforeOperationHook = ({ operation, overrideAccess, req }) => {
  if (operation !== 'update' && operation !== 'create') return
  req.context[IS_GUARDED] = overrideAccess !== true && req.user?.collection === 'users'
  req.context[HELD] = undefined
  req.context[PASSWORD] = undefined
}

/**
 * Takes the new password of another staff account out of an update: Payload would hash and store it
 * whatever later hooks return. Listed after the hook that locks the row.
 */
export const holdPassword: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { data, id } = args as { data?: { password?: unknown } | null; id?: unknown }
  if (operation !== 'update' || !isGuarded(req) || typeof data?.password !== 'string') return
  if (id === undefined) return // Payload refuses bulk changes of accounts
  if (id === req.user?.id || req.user?.collection !== 'users' || req.user.role !== 'admin') return
  if (!(await isOtherStaff(req, { id })) || (await isFree(req))) return
  req.context[PASSWORD] = data.password
  delete data.password
}

/** Keeps sensitive fields that a change loosens as they are, so that the other fields are saved. */
export const holdFields: CollectionBeforeChangeHook<Document> = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!isGuarded(req)) return data
  const before: Values =
    operation === 'create' ? { ...TIGHTEST[collection.slug] } : { ...originalDoc }
  const isOfStaff = collection.slug === 'users' && (await isOtherStaff(req, before))
  const fields = fieldsOf(collection.slug).filter(
    ({ field, isOfOtherStaff }) => field !== 'password' && (!isOfOtherStaff || isOfStaff),
  )
  const { now: kept, waits: all } = splitChange(fields, before, data)
  const { secrets, waits } = takeSecrets(fields, all, data)
  const password = (req.context[PASSWORD] as string | undefined) ?? null
  if (waits.length === 0 && password === null) return data
  if (await isFree(req)) return data
  if (password !== null) {
    waits.push({ field: 'password', before: null, after: null })
    secrets.password = password
  }
  req.context[HELD] = { waits, secrets } satisfies Held
  // The index of a new key is already computed. A stored key is not read: it stays when not written.
  const isOff = data.enableAPIKey === false
  const key = { apiKey: undefined, apiKeyIndex: isOff ? null : undefined }
  return { ...data, ...kept, ...('apiKey' in secrets ? key : {}) }
}

/** Requests what waits, once the document has its id, and says so in the answer. */
export const requestHeld: CollectionAfterChangeHook<Document> = async ({
  collection,
  doc,
  req,
}) => {
  const held = req.context[HELD] as Held | undefined
  req.context[HELD] = undefined
  req.context[PASSWORD] = undefined
  if (!held || req.user?.collection !== 'users') return doc
  const title = `${singularOf(collection.labels.singular)} ${titleOf(doc)}`
  const change = { ...held, subject: collection.slug, subjectId: doc.id, title }
  const context = { by: req.user.id, installation: await readInstallation(req), now: now() }
  return { ...doc, pendingChange: await requestChange(req, change, context) }
}

export const fieldsOf = (slug: string): readonly SensitiveField[] => SENSITIVE[slug] ?? []

/** True while a new installation is set up freely. Serialised with the requests of others. */
export const isFree = async (req: PayloadRequest): Promise<boolean> =>
  isBeingSetUp(await readInstallation(req))

export const readInstallation = async (req: PayloadRequest) =>
  lockInstallation(await dbIn(req), now())

const isGuarded = (req: PayloadRequest): boolean => req.context[IS_GUARDED] === true

/** An account that was staff once counts: it would be, after a demotion and a promotion. */
const isOtherStaff = async (req: PayloadRequest, { id }: Values): Promise<boolean> =>
  typeof id === 'string' && id !== req.user?.id && wasEverStaff(await dbIn(req), id)

const titleOf = ({ email, id, name }: Document): string =>
  [name, email].find((value): value is string => typeof value === 'string' && value !== '') ?? id

const singularOf = (label: unknown): string => (typeof label === 'string' ? label : 'Document')

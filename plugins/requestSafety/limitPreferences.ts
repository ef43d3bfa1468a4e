import type { Access, Endpoint, Payload, PayloadRequest } from 'payload'

import { isStaff, staffOnly } from '../../collections/access.ts'
import { capLists } from '../../hooks/system/capLists.ts'
import { checkShape } from '../../hooks/system/limitShape.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { notFound } from '../http/notFound.ts'

const MAX_KEY = 200
const MAX_BYTES = 32 * 1024

/**
 * Keeps the preferences of the admin panel to those who use it: Payload lets every signed-in person
 * and machine store rows of any size there. Called when the server starts: Payload adds the
 * collection after the plugins.
 *
 * @throws DomainError `auth.forbidden` by the routes, for all but staff
 * @throws DomainError `request.value-too-large` a key of more than 200 characters, or a value of
 *   more than 32 kB
 */
export const limitPreferences = (payload: Payload): void => {
  const { config } = payload.collections['payload-preferences']
  const { access, endpoints, hooks } = config
  access.create = staffOnly
  for (const operation of ['read', 'update', 'delete'] as const)
    access[operation] = forStaff(access[operation])
  if (endpoints) config.endpoints = endpoints.map(guardEndpoint)
  hooks.beforeOperation.push(capLists, ({ args, overrideAccess }) => {
    if (overrideAccess !== true) checkSize((args as { data?: unknown }).data)
  })
}

const forStaff =
  (access: Access): Access =>
  (options) =>
    isStaff(options.req) && access(options)

/** The routes of a single key ask for no access rule, and validate nothing. */
const guardEndpoint = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  handler: async (req) => {
    if (!isStaff(req)) {
      const code = req.user ? 'auth.forbidden' : 'auth.required'
      throw new DomainError(code, 'Preferences are those of staff.')
    }
    if (endpoint.method === 'post') {
      const { key } = req.routeParams ?? {}
      checkSize({ key, value: await req.clone?.().text() })
    }
    return endpoint.method === 'delete' ? forget(req) : endpoint.handler(req)
  },
})

/** In place of Payload's route, whose statement PostgreSQL refuses. */
const forget = async (req: PayloadRequest): Promise<Response> => {
  const { docs } = await req.payload.delete({
    collection: 'payload-preferences',
    where: { key: { equals: String(req.routeParams?.key) } },
    depth: 0,
    overrideAccess: false,
    req,
  })
  if (docs.length === 0) throw notFound()
  return Response.json({ ...docs[0], message: req.t('general:deletedSuccessfully') })
}

const checkSize = (data: unknown): void => {
  const { key } = (data ?? {}) as { key?: unknown }
  if (typeof key === 'string' && key.length > MAX_KEY) throw tooLarge('key')
  checkShape(data)
  if (JSON.stringify(data ?? null).length > MAX_BYTES) throw tooLarge('value')
}

const tooLarge = (field: string) =>
  new DomainError('request.value-too-large', 'Send less at once.', { field })
